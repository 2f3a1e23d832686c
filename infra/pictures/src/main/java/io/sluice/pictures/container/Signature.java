package io.sluice.pictures.container;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a file is, by its first bytes. */
sealed interface Signature {
    /** An accepted format. */
    record Image(ImageFormat format) implements Signature {}

    /** The beginning of an accepted format that ends within its first bytes. */
    record Cut() implements Signature {}

    /** Another format that has a name. */
    record Other(String name) implements Signature {}

    /**
     * An accepted format that begins too late, as programs leave it that write text before a file.
     *
     * @param before what stands before it
     */
    record Late(String before, ImageFormat format) implements Signature {}

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

    String BYTE_ORDER_MARK = "\357\273\277";

    int SAMPLE = 1024;

    static Signature of(Bytes content) {
        var format = formatAt(content, 0);
        if (format != null) {
            return new Image(format);
        }
        return isCut(content) ? new Cut() : other(content);
    }

    private static @Nullable ImageFormat formatAt(Bytes content, int at) {
        if (content.isAt(at, JPEG_MAGIC)) {
            return ImageFormat.JPEG;
        }
        if (content.isAt(at, PNG_MAGIC)) {
            return ImageFormat.PNG;
        }
        if (content.isAt(at, "GIF87a") || content.isAt(at, "GIF89a")) {
            return ImageFormat.GIF;
        }
        return content.isAt(at, "RIFF") && content.isAt(at + 8, "WEBP") ? ImageFormat.WEBP : null;
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
        var start = content.isAt(0, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length() : 0;
        while (content.has(start, 1) && " \t\r\n".indexOf(content.u8(start)) >= 0) {
            start++;
        }
        var late = formatAt(content, start);
        if (late != null) {
            return new Late(content.isAt(0, BYTE_ORDER_MARK) ? "a byte order mark" : "white space", late);
        }
        for (var mark : NAMED) {
            if (content.isAt(mark.at(), mark.characters())) {
                return new Other(mark.name().equals(HEIC) && isAlsoAvif(content) ? AVIF : mark.name());
            }
        }
        if (!isText(content)) {
            return new Unknown();
        }
        var text = content.text(0, Math.min(content.size(), SAMPLE)).toLowerCase(Locale.ROOT);
        if (text.contains("<svg")) {
            return new Other("SVG");
        }
        if (text.contains("<html") || text.contains("<!doctype html")) {
            return new Other("HTML");
        }
        return new Other(content.isAt(start, "{") || content.isAt(start, "[") ? "JSON" : "text");
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
