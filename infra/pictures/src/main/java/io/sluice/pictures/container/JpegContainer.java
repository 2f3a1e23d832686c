package io.sluice.pictures.container;

import io.sluice.pictures.container.Inspection.Code;
import org.jspecify.annotations.Nullable;

/**
 * JPEG, ITU-T T.81 annex B: marker segments up to the end-of-image marker. Entropy-coded data follows a start of scan
 * up to the next marker; in it {@code FF 00} is a stuffed byte, and {@code FF D0} to {@code FF D7} are restarts. Bytes
 * after the end-of-image marker are ignored, because cameras append pictures and notes.
 */
final class JpegContainer {
    private static final int MARKER = 0xFF;
    private static final int STUFFED = 0x00;
    private static final int TEM = 0x01;
    private static final int RST0 = 0xD0;
    private static final int RST7 = 0xD7;
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;

    /**
     * A scan of a few dozen bytes makes the decoder visit every pixel, which takes 5 to 100 ms for 50 megapixels. A
     * file of 15 MB of such scans would take an hour. Encoders write about ten scans. These limits are on the number of
     * scans, and on the pixels that all of them visit together.
     */
    private static final int MAX_SCANS = 1_000;

    private static final long MAX_SCANNED_PIXELS = 1_000_000_000;
    /** Bytes that a decoder keeps of each component between scans. */
    private static final int COEFFICIENT = 2;

    private final Bytes content;
    private int width;
    private int height;
    private boolean framed;
    private int components;
    private int scans;
    private boolean inPieces;
    private int at = 2;

    JpegContainer(Bytes content) {
        this.content = content;
    }

    Walk walk() {
        while (content.has(at, 2)) {
            if (content.u8(at) != MARKER) {
                return Walk.malformed(width, height, "no marker at byte " + at);
            }
            var marker = content.u8(at + 1);
            switch (marker) {
                case MARKER -> at++; // any number of fill bytes may precede a marker
                case EOI -> {
                    return scans > 0
                            ? Walk.whole(width, height, inPieces ? Walk.RGB + COEFFICIENT * components : Walk.RGB)
                            : Walk.malformed(width, height, "it ends without a picture");
                }
                case STUFFED, SOI -> {
                    return Walk.malformed(width, height, "misplaced marker at byte " + at);
                }
                case TEM -> at += 2;
                default -> {
                    if (isRestart(marker)) {
                        return Walk.malformed(width, height, "misplaced restart at byte " + at);
                    }
                    var problem = segment(marker);
                    if (problem != null) {
                        return problem;
                    }
                }
            }
        }
        return truncated("before its end marker");
    }

    /** Skips one segment and the scan data after it. A result other than null ends the walk. */
    private @Nullable Walk segment(int marker) {
        if (!content.has(at + 2L, 2)) {
            return truncated("within a segment's header");
        }
        var length = content.bigEndian16(at + 2);
        if (length < 2) {
            return Walk.malformed(width, height, "segment of length " + length + " at byte " + at);
        }
        if (!content.has(at + 2L, length)) {
            return truncated("within a segment");
        }
        if (isFrame(marker)) {
            var problem = frame(marker, length);
            if (problem != null) {
                return problem;
            }
        }
        var problem = marker == SOS ? scan(length) : null;
        at += 2 + length;
        if (marker == SOS) {
            skipScan();
        }
        return problem;
    }

    private @Nullable Walk scan(int length) {
        if (!framed) {
            return Walk.malformed(width, height, "a scan without a frame");
        }
        scans++;
        inPieces |= length > 2 && content.u8(at + 4) < components;
        return scans > MAX_SCANS || (long) scans * width * height > MAX_SCANNED_PIXELS
                ? Walk.refused(
                        width, height, Code.IMAGE_TOO_COMPLEX, "the image comes in more scans than encoders write")
                : null;
    }

    private @Nullable Walk frame(int marker, int length) {
        if (framed) {
            return Walk.malformed(width, height, "a second frame");
        }
        if (length < 8) {
            return Walk.malformed(width, height, "a frame header of length " + length);
        }
        height = content.bigEndian16(at + 5);
        width = content.bigEndian16(at + 7);
        framed = true;
        inPieces = isProgressive(marker);
        var precision = content.u8(at + 4);
        components = content.u8(at + 9);
        if (!isDecodable(marker) || precision != 8) {
            return Walk.malformed(width, height, "a coding that is not in use (lossless, hierarchical or 12 bits)");
        }
        if (components < 1 || components > 4 || length != 8 + 3 * components) {
            return Walk.malformed(width, height, "a frame of " + components + " components");
        }
        return width == 0 || height == 0 ? Walk.whole(width, height) : null;
    }

    /** Skips to the marker that ends the scan data, or to the end of the file. */
    private void skipScan() {
        while (content.has(at, 2)) {
            if (content.u8(at) == MARKER) {
                var next = content.u8(at + 1);
                if (next != STUFFED && !isRestart(next)) {
                    return;
                }
                at++;
            }
            at++;
        }
    }

    private Walk truncated(String where) {
        return Walk.truncated(width, height, where);
    }

    private static boolean isRestart(int marker) {
        return marker >= RST0 && marker <= RST7;
    }

    /** SOF0 to SOF15. C4, C8 and CC lie between them and mean something else. */
    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static boolean isProgressive(int marker) {
        return marker == 0xC2 || marker == 0xCA;
    }

    /** Baseline, extended and progressive, Huffman- or arithmetic-coded. */
    private static boolean isDecodable(int marker) {
        return marker <= 0xC2 || marker == 0xC9 || marker == 0xCA;
    }
}
