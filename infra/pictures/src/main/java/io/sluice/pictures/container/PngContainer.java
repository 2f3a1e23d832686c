package io.sluice.pictures.container;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * PNG (W3C PNG third edition, 5): chunks with a CRC each, from {@code IHDR} to {@code IEND}. Of an animation the default
 * image is the still picture. Ancillary chunks may be damaged; those that change what is shown are then ignored, as
 * viewers do. When the end chunk is missing, the picture is complete if its data is, see {@link PngData}.
 */
final class PngContainer {
    static final int SIGNATURE = 8;
    /** Bytes of length, type and CRC around a chunk's data. */
    static final int FRAMING = 12;

    static final int IHDR_LENGTH = 13;
    private static final byte[] END = HexFormat.of().parseHex("0000000049454e44ae426082");
    private static final int GRAY = 0;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int ALPHA = 4;
    private static final int MAX_SIDE_BITS = 31;
    private static final int MAX_COLORS = 256;

    private final Bytes content;
    private final Parts parts;
    private final Metadata metadata;
    private final long maxPixels;
    private int width;
    private int height;
    private int colorType;
    private int bitDepth;
    private int colors;
    private boolean hasTransparency;
    private boolean hasData;
    private boolean dataEnded;

    /** @param maxPixels when the header says more, a picture without an end chunk is not looked at */
    PngContainer(Bytes content, long maxPixels) {
        this.content = content;
        this.maxPixels = maxPixels;
        this.parts = new Parts(content);
        this.metadata = new Metadata(content);
    }

    Walk walk() {
        var at = SIGNATURE;
        while (content.has(at, FRAMING)) {
            var length = content.bigEndian32(at);
            var type = content.text(at + 4, 4);
            if (type.equals("IEND") && hasData) {
                return whole();
            }
            dataEnded |= hasData && !type.equals("IDAT");
            var problem = check(at, length, type);
            if (problem != null) {
                return dataEnded ? unended(problem) : problem;
            }
            at += FRAMING + (int) length;
        }
        var problem = Walk.truncated(width, height, "before its end chunk");
        return hasData ? unended(problem) : problem;
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
        return Character.isLowerCase(type.charAt(0))
                ? ancillary(at, (int) length, type)
                : critical(at, (int) length, type);
    }

    private @Nullable Walk critical(int at, int length, String type) {
        if (!hasRightChecksum(at, length)) {
            return Walk.malformed(width, height, "the checksum of the chunk at byte " + at + " is wrong");
        }
        switch (type) {
            case "IHDR" -> parts.add(0, SIGNATURE + FRAMING + length);
            case "PLTE" -> {
                if (colors > 0 || hasData || length == 0 || length % 3 != 0 || length > 3 * MAX_COLORS) {
                    return Walk.malformed(width, height, "its palette is damaged");
                }
                colors = length / 3;
                if (colorType == PALETTE && colors > (1 << bitDepth)) {
                    return Walk.malformed(width, height, "its palette is damaged");
                }
                if (colorType == PALETTE) {
                    parts.add(at, FRAMING + length);
                }
            }
            case "IDAT" -> {
                if (dataEnded) {
                    return Walk.malformed(width, height, "its picture data is in two places");
                }
                if (colorType == PALETTE && colors == 0) {
                    return Walk.malformed(width, height, "its palette is missing");
                }
                hasData = true;
                parts.add(at, FRAMING + length);
            }
            default -> {
                return Walk.malformed(width, height, "an unknown chunk at byte " + at);
            }
        }
        return null;
    }

    private @Nullable Walk ancillary(int at, int length, String type) {
        if (type.equals("eXIf") && hasRightChecksum(at, length)) {
            metadata.addExif(at + 8, length);
        }
        if (type.equals("iCCP") && !hasData && hasRightChecksum(at, length)) {
            metadata.addNamedProfile(at + 8, length);
        }
        if (type.equals("tRNS") && !hasData && !hasTransparency && hasRightChecksum(at, length)) {
            transparency(at, length);
        }
        return null;
    }

    private void transparency(int at, int length) {
        var fits = colorType == PALETTE ? length > 0 && length <= colors : length == (colorType == RGB ? 6 : 2);
        if (!fits || (colorType & ALPHA) != 0) {
            return;
        }
        if (colorType != GRAY) {
            parts.add(at, FRAMING + length);
            hasTransparency = true;
        } else if (bitDepth <= 8) {
            grayPalette(content.bigEndian16(at + 8));
            hasTransparency = true;
        }
    }

    /** A decoder may ignore that one gray is transparent. So each gray becomes an entry of a palette. */
    private void grayPalette(int transparent) {
        var grays = 1 << bitDepth;
        var palette = new byte[3 * grays];
        var alpha = new byte[grays];
        for (int i = 0; i < grays; i++) {
            palette[3 * i] = (byte) (i * 255 / (grays - 1));
            palette[3 * i + 1] = palette[3 * i];
            palette[3 * i + 2] = palette[3 * i];
            alpha[i] = (byte) (i == transparent ? 0 : 0xFF);
        }
        var header = new byte[IHDR_LENGTH];
        System.arraycopy(content.array(), SIGNATURE + 8, header, 0, IHDR_LENGTH);
        header[9] = PALETTE;
        parts.clear();
        parts.add(0, SIGNATURE)
                .add(chunk("IHDR", header))
                .add(chunk("PLTE", palette))
                .add(chunk("tRNS", alpha));
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
        bitDepth = content.u8(at + 8);
        var legal = isLegal(colorType, bitDepth)
                && content.u8(at + 10) == 0
                && content.u8(at + 11) == 0
                && content.u8(at + 12) <= 1;
        return legal ? null : Walk.malformed(width, height, "its header names an unknown coding");
    }

    /** The picture ends without its end chunk. It is complete if its data is, and else has this problem. */
    private Walk unended(Walk problem) {
        return (long) width * height <= maxPixels && new PngData(parts.joined()).isWhole() ? whole() : problem;
    }

    private Walk whole() {
        var hasAlpha = hasTransparency || (colorType & ALPHA) != 0;
        return Walk.whole(
                width,
                height,
                hasAlpha ? Walk.RGBA * Math.max(1, bitDepth / 8) : Walk.RGB,
                Still.of(parts.add(END), metadata, hasAlpha));
    }

    private boolean hasRightChecksum(int at, int length) {
        return content.crc32(at + 4, 4 + length) == content.bigEndian32(at + 8 + length);
    }

    private static byte[] chunk(String type, byte[] data) {
        var chunk = ByteBuffer.allocate(FRAMING + data.length)
                .putInt(data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data);
        return chunk.putInt((int) new Bytes(chunk.array()).crc32(4, 4 + data.length))
                .array();
    }

    private static boolean isLegal(int colorType, int bitDepth) {
        return switch (colorType) {
            case GRAY -> bitDepth == 1 || bitDepth == 2 || bitDepth == 4 || bitDepth == 8 || bitDepth == 16;
            case PALETTE -> bitDepth == 1 || bitDepth == 2 || bitDepth == 4 || bitDepth == 8;
            case RGB, ALPHA, RGB | ALPHA -> bitDepth == 8 || bitDepth == 16;
            default -> false;
        };
    }

    private static boolean isName(String type) {
        return type.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'));
    }
}
