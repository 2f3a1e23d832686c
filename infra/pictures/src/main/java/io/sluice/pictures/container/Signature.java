package io.sluice.pictures.container;

import java.util.List;
import java.util.Locale;

/** What a file is, by its first bytes. */
sealed interface Signature {
    /** An accepted format. */
    record Image(ImageFormat format) implements Signature {}

    /** The beginning of an accepted format that ends within its first bytes. */
    record Cut() implements Signature {}

    /** Another format that has a name. */
    record Other(String name) implements Signature {}

    /** No format that is known here. */
    record Unknown() implements Signature {}

    /** Characters at a position, one byte each. */
    record Mark(int at, String characters, String name) {}

    /** Bytes before the first one that tells WebP from other RIFF files. */
    int RIFF_HEADER = 12;

    String AVIF = "AVIF";
    String HEIC = "HEIC";
    String PNG_MAGIC = "\211PNG\r\n\032\n";
    String JPEG_MAGIC = "\377\330\377";

    List<Mark> NAMED = List.of(
            new Mark(0, "%PDF", "PDF"),
            new Mark(0, "BM", "BMP"),
            new Mark(0, "II*\0", "TIFF"),
            new Mark(0, "MM\0*", "TIFF"),
            new Mark(0, "\0\0\001\0", "ICO"),
            new Mark(0, "8BPS", "PSD"),
            new Mark(0, "\377\n", "JPEG XL"),
            new Mark(0, "\0\0\0\014JXL ", "JPEG XL"),
            new Mark(0, "\0\0\0\014jP  ", "JPEG 2000"),
            new Mark(0, "\377\117\377\121", "JPEG 2000"),
            new Mark(0, "PK\003\004", "ZIP"),
            new Mark(0, "\037\213", "gzip"),
            new Mark(4, "ftypavif", AVIF),
            new Mark(4, "ftypavis", AVIF),
            new Mark(4, "ftyphei", HEIC),
            new Mark(4, "ftyphev", HEIC),
            new Mark(4, "ftypmif", HEIC),
            new Mark(4, "ftypmsf", HEIC),
            new Mark(4, "ftypmiaf", HEIC),
            new Mark(4, "ftyp", "MP4 video"));

    int SAMPLE = 1024;

    static Signature of(Bytes content) {
        if (content.isAt(0, JPEG_MAGIC)) {
            return new Image(ImageFormat.JPEG);
        }
        if (content.isAt(0, PNG_MAGIC)) {
            return new Image(ImageFormat.PNG);
        }
        if (content.isAt(0, "GIF87a") || content.isAt(0, "GIF89a")) {
            return new Image(ImageFormat.GIF);
        }
        if (content.isAt(0, "RIFF") && content.isAt(8, "WEBP")) {
            return new Image(ImageFormat.WEBP);
        }
        return isCut(content) ? new Cut() : other(content);
    }

    private static boolean isCut(Bytes content) {
        var start = content.text(0, Math.min(content.size(), RIFF_HEADER));
        return JPEG_MAGIC.startsWith(start)
                || PNG_MAGIC.startsWith(start)
                || "GIF87a".startsWith(start)
                || "GIF89a".startsWith(start)
                || "RIFF".startsWith(start)
                || (start.startsWith("RIFF")
                        && start.length() < RIFF_HEADER
                        && "WEBP".startsWith(start.substring(Math.min(8, start.length()))));
    }

    private static Signature other(Bytes content) {
        for (var mark : NAMED) {
            if (content.isAt(mark.at(), mark.characters())) {
                return new Other(mark.name().equals(HEIC) && isAlsoAvif(content) ? AVIF : mark.name());
            }
        }
        if (!isText(content)) {
            return new Unknown();
        }
        var start = content.text(0, Math.min(content.size(), SAMPLE)).toLowerCase(Locale.ROOT);
        if (start.contains("<svg")) {
            return new Other("SVG");
        }
        return new Other(start.contains("<html") || start.contains("<!doctype html") ? "HTML" : "text");
    }

    /** ISO/IEC 14496-12, 4.3: after the major brand and its version the box lists the brands it is compatible with. */
    private static boolean isAlsoAvif(Bytes content) {
        var end = Math.min(content.bigEndian32(0), Math.min(content.size(), SAMPLE));
        for (int at = 16; at + 4 <= end; at += 4) {
            if (content.isAt(at, "avif") || content.isAt(at, "avis")) {
                return true;
            }
        }
        return false;
    }

    /** Text has no control characters except white space. Bytes above ASCII may be letters of some encoding. */
    private static boolean isText(Bytes content) {
        for (int i = 0; i < Math.min(content.size(), SAMPLE); i++) {
            var c = content.u8(i);
            if (c == 0x7F || (c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f')) {
                return false;
            }
        }
        return true;
    }
}
