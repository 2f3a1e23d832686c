package io.sluice.pictures.container;

import io.sluice.pictures.container.Inspection.Code;
import org.jspecify.annotations.Nullable;

/**
 * JPEG, ITU-T T.81 annex B: marker segments up to the end-of-image marker. Entropy-coded data follows a start of scan
 * up to the next marker; in it {@code FF 00} is a stuffed byte, and {@code FF D0} to {@code FF D7} are restarts. Bytes
 * between segments are skipped, as decoders do. Bytes after the end-of-image marker are ignored, because cameras append
 * pictures, videos and notes. When that marker is missing, the picture is complete if its scans are, see
 * {@link JpegScans}.
 */
final class JpegContainer {
    private static final int MARKER = 0xFF;
    private static final int STUFFED = 0x00;
    private static final int TEM = 0x01;
    private static final int DHT = 0xC4;
    private static final int DAC = 0xCC;
    private static final int RST0 = 0xD0;
    private static final int RST7 = 0xD7;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int DQT = 0xDB;
    private static final int DNL = 0xDC;
    private static final int DRI = 0xDD;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP2 = 0xE2;
    private static final int APP14 = 0xEE;
    private static final int APP15 = 0xEF;
    private static final int COM = 0xFE;

    /**
     * A scan of a few dozen bytes makes the decoder visit every pixel, which takes 5 to 100 ms for 50 megapixels. A
     * file of 15 MB of such scans would take an hour. Encoders write about ten scans. These limits are on the number of
     * scans, and on the pixels that all of them visit together.
     */
    private static final int MAX_SCANS = 1_000;

    private static final long MAX_SCANNED_PIXELS = 1_000_000_000;
    /** Bytes that a decoder keeps of each component between scans. */
    private static final int COEFFICIENT = 2;

    /** So many bytes may follow the last code when the end marker is missing. More are another file, or a cut one. */
    private static final int SLACK = 8;

    private static final byte[] END = {(byte) MARKER, (byte) EOI};

    private final Bytes content;
    private final Parts parts;
    private final long maxPixels;
    private final JpegHeader header;
    private final Metadata metadata;
    private int width;
    private int height;
    private int scans;
    private boolean inPieces;
    private int at = 2;

    /** @param maxPixels when the header says more, a picture without an end marker is not looked at */
    JpegContainer(Bytes content, long maxPixels) {
        this.content = content;
        this.maxPixels = maxPixels;
        this.parts = new Parts(content).add(0, 2);
        this.header = new JpegHeader(content);
        this.metadata = new Metadata(content);
    }

    Walk walk() {
        while (findMarker()) {
            var marker = content.u8(at + 1);
            if (marker == EOI) {
                return header.hasSeenAll() && scans > 0
                        ? whole()
                        : Walk.malformed(width, height, "it ends without a picture");
            }
            if (marker == TEM || isRestart(marker)) {
                at += 2;
                continue;
            }
            var problem = isSegment(marker) ? segment(marker) : unexpected();
            if (problem != null) {
                return isRefusedForGood(problem) ? problem : unended(problem);
            }
        }
        return unended(truncated("before its end marker"));
    }

    /** Goes on to the next byte that is a marker's first. Fill bytes and others are skipped. */
    private boolean findMarker() {
        while (content.has(at, 2)) {
            if (content.u8(at) == MARKER && content.u8(at + 1) != MARKER && content.u8(at + 1) != STUFFED) {
                return true;
            }
            at++;
        }
        return false;
    }

    private Walk unexpected() {
        return Walk.malformed(width, height, "an unexpected marker at byte " + at);
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
        var wrong = wrong(marker, at + 2 + length);
        if (wrong != null) {
            return Walk.malformed(width, height, wrong);
        }
        var problem = isFrame(marker) ? size() : marker == SOS ? count() : null;
        if (problem != null) {
            return problem;
        }
        if (marker == APP1) {
            metadata.addApp1(at + 4, length - 2);
        } else if (marker == APP2) {
            metadata.addApp2(at + 4, length - 2);
        }
        var from = at;
        at += 2 + length;
        if (marker == SOS) {
            skipScan();
        }
        if (concernsPixels(marker)) {
            parts.add(from, at - (long) from);
        }
        return null;
    }

    /** {@return what is wrong with a segment; null when nothing is} */
    private @Nullable String wrong(int marker, int end) {
        var data = at + 4;
        if (isFrame(marker)) {
            return end - data < 6 ? "a frame header of length " + (end - data + 2) : header.frame(marker, data, end);
        }
        return switch (marker) {
            case DQT -> header.quantization(data, end);
            case DHT -> header.codes(data, end);
            case DAC -> header.conditioning(data, end);
            case DRI -> end - data == 2 ? null : "a restart interval of unknown length";
            case SOS -> header.scan(data, end);
            default -> null;
        };
    }

    private @Nullable Walk size() {
        height = content.bigEndian16(at + 5);
        width = content.bigEndian16(at + 7);
        inPieces = header.isProgressive();
        return width == 0 || height == 0
                ? Walk.malformed(width, height, "its header says " + width + " x " + height + " pixels")
                : null;
    }

    private @Nullable Walk count() {
        scans++;
        inPieces |= !header.hasAllComponents();
        return scans > MAX_SCANS || (long) scans * width * height > MAX_SCANNED_PIXELS
                ? Walk.refused(
                        width, height, Code.IMAGE_TOO_COMPLEX, "the image comes in more scans than encoders write")
                : null;
    }

    /**
     * Skips to the marker that ends the scan data, or to the end of the file. Zeros at the end of the file are what a
     * download that was cut leaves of a file, and no data.
     */
    private void skipScan() {
        var from = at;
        at = JpegBits.end(content, from);
        if (at == content.size()) {
            while (at > from && isNoData(at - 1)) {
                at--;
            }
        }
    }

    private boolean isNoData(int last) {
        var value = content.u8(last);
        return value == MARKER || (value == STUFFED && content.u8(last - 1) != MARKER);
    }

    private Walk whole() {
        return Walk.whole(
                width,
                height,
                inPieces ? Walk.RGB + COEFFICIENT * header.components() : Walk.RGB,
                Still.of(
                        parts.add(END),
                        metadata,
                        false,
                        () -> header.isArithmetic() || scansOfParts().areWhole()));
    }

    /** The picture ends without its end marker. It is complete if its scans are, and else has this problem. */
    private Walk unended(Walk problem) {
        if (!header.hasSeenAll() || header.isArithmetic() || (long) width * height > maxPixels) {
            return problem;
        }
        var read = scansOfParts();
        return read.areWhole() && read.surplus() <= SLACK ? whole() : problem;
    }

    private JpegScans scansOfParts() {
        return new JpegScans(parts.joined());
    }

    /** More data, or less, would not help. */
    private static boolean isRefusedForGood(Walk problem) {
        return problem instanceof Walk.Ended ended && ended.problem().code() == Code.IMAGE_TOO_COMPLEX;
    }

    private Walk truncated(String where) {
        return Walk.truncated(width, height, where);
    }

    private static boolean isRestart(int marker) {
        return marker >= RST0 && marker <= RST7;
    }

    /** SOF0 to SOF15. C4, C8 and CC lie between them and mean something else. */
    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != DHT && marker != 0xC8 && marker != DAC;
    }

    private static boolean isSegment(int marker) {
        return concernsPixels(marker)
                || isFrame(marker)
                || marker == DNL
                || marker == COM
                || (marker >= APP0 && marker <= APP15);
    }

    /** Of the application's segments JFIF's (APP0) and Adobe's (APP14) say how colors are coded. */
    private static boolean concernsPixels(int marker) {
        return isFrame(marker)
                || switch (marker) {
                    case DHT, DAC, DQT, DRI, SOS, APP0, APP14 -> true;
                    default -> false;
                };
    }
}
