package io.sluice.pictures.container;

import org.jspecify.annotations.Nullable;

/** PNG (W3C PNG third edition, 5): chunks with a CRC each, from {@code IHDR} to {@code IEND}. */
final class PngContainer {
    private static final int SIGNATURE = 8;
    /** Bytes of length, type and CRC around a chunk's data. */
    private static final int FRAMING = 12;

    private static final int IHDR_LENGTH = 13;
    private static final int PALETTE = 3;
    private static final int MAX_SIDE_BITS = 31;
    /** For the picture and for what the frames of an animation are drawn on; measured. */
    private static final int BYTES_PER_ANIMATED_PIXEL = 15;

    private final Bytes content;
    private int width;
    private int height;
    private int colorType;
    private boolean hasPalette;
    private boolean hasData;
    private boolean isAnimated;

    PngContainer(Bytes content) {
        this.content = content;
    }

    Walk walk() {
        var at = SIGNATURE;
        while (content.has(at, FRAMING)) {
            var length = content.bigEndian32(at);
            var type = content.text(at + 4, 4);
            var problem = check(at, length, type);
            if (problem != null) {
                return problem;
            }
            if (type.equals("IEND")) {
                return end();
            }
            at += FRAMING + (int) length;
        }
        return Walk.truncated(width, height, "before its end chunk");
    }

    private @Nullable Walk check(int at, long length, String type) {
        var isFirst = at == SIGNATURE;
        if (isFirst != type.equals("IHDR") || (isFirst && length != IHDR_LENGTH) || !isName(type)) {
            return Walk.malformed(width, height, "an unexpected chunk at byte " + at);
        }
        if (isFirst && content.has(at, 8 + IHDR_LENGTH)) {
            var problem = header(at + 8);
            if (problem != null) {
                return problem;
            }
        }
        if (!content.has(at, FRAMING + length)) {
            return Walk.truncated(width, height, "within a chunk");
        }
        var crcAt = at + 8 + (int) length;
        if (content.crc32(at + 4, 4 + (int) length) != content.bigEndian32(crcAt)) {
            return Walk.malformed(width, height, "the checksum of the chunk at byte " + at + " is wrong");
        }
        hasPalette |= type.equals("PLTE");
        isAnimated |= type.equals("acTL");
        hasData |= type.equals("IDAT") && length > 0;
        return null;
    }

    private @Nullable Walk header(int at) {
        var w = content.bigEndian32(at);
        var h = content.bigEndian32(at + 4);
        if (w == 0 || h == 0 || Math.max(w, h) >= 1L << MAX_SIDE_BITS) {
            return Walk.malformed(0, 0, "its header says " + w + " x " + h + " pixels");
        }
        width = (int) w;
        height = (int) h;
        colorType = content.u8(at + 9);
        var legal = isLegal(colorType, content.u8(at + 8))
                && content.u8(at + 10) == 0
                && content.u8(at + 11) == 0
                && content.u8(at + 12) <= 1;
        return legal ? null : Walk.malformed(width, height, "its header names an unknown coding");
    }

    private Walk end() {
        if (!hasData) {
            return Walk.malformed(width, height, "it ends without a picture");
        }
        return colorType == PALETTE && !hasPalette
                ? Walk.malformed(width, height, "its palette is missing")
                : Walk.whole(width, height, isAnimated ? BYTES_PER_ANIMATED_PIXEL : Walk.RGB);
    }

    private static boolean isLegal(int colorType, int bitDepth) {
        return switch (colorType) {
            case 0 -> bitDepth == 1 || bitDepth == 2 || bitDepth == 4 || bitDepth == 8 || bitDepth == 16;
            case PALETTE -> bitDepth == 1 || bitDepth == 2 || bitDepth == 4 || bitDepth == 8;
            case 2, 4, 6 -> bitDepth == 8 || bitDepth == 16;
            default -> false;
        };
    }

    private static boolean isName(String type) {
        return type.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'));
    }
}
