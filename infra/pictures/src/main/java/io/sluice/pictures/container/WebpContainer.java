package io.sluice.pictures.container;

import org.jspecify.annotations.Nullable;

/**
 * WebP (RFC 9649): a RIFF chunk that says its length, with chunks inside it. The first of them gives the size: {@code
 * VP8} (lossy), {@code VP8L} (lossless) or {@code VP8X} (the canvas of the extended format).
 */
final class WebpContainer {
    private static final int RIFF_HEADER = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int SIDE_14_BITS = 0x3FFF;
    /** For the picture with its alpha, and for the picture without; measured. */
    private static final int WITH_ALPHA = 7;
    /** For the canvas before and after a frame, and for the frame; measured. */
    private static final int ANIMATED = 11;

    private final Bytes content;
    private int width;
    private int height;
    private int bytesPerPixel = Walk.RGB;
    private boolean hasPicture;

    WebpContainer(Bytes content) {
        this.content = content;
    }

    Walk walk() {
        var end = 8 + content.littleEndian32(4);
        var at = RIFF_HEADER;
        while (at + (long) CHUNK_HEADER <= end) {
            if (!content.has(at, CHUNK_HEADER)) {
                return Walk.truncated(width, height, "within a chunk's header");
            }
            var length = content.littleEndian32(at + 4);
            var problem = chunk(at, length, end);
            if (problem != null) {
                return problem;
            }
            at = (int) Math.min(at + CHUNK_HEADER + length + (length & 1), end);
        }
        if (!content.has(0, end)) {
            return Walk.truncated(width, height, "before the length it names");
        }
        return hasPicture
                ? Walk.whole(width, height, bytesPerPixel)
                : Walk.malformed(width, height, "it ends without a picture");
    }

    private @Nullable Walk chunk(int at, long length, long end) {
        var type = content.text(at, 4);
        if (at == RIFF_HEADER) {
            var problem = header(type, at + CHUNK_HEADER, length);
            if (problem != null) {
                return problem;
            }
        }
        if (at + CHUNK_HEADER + length > end) {
            return Walk.malformed(width, height, "the chunk at byte " + at + " is longer than the file says it is");
        }
        if (!content.has((long) at + CHUNK_HEADER, length)) {
            return Walk.truncated(width, height, "within a chunk");
        }
        switch (type) {
            case "ALPH" -> needs(WITH_ALPHA);
            case "VP8L" -> needs(hasAlpha(at + CHUNK_HEADER, length) ? WITH_ALPHA : Walk.RGB);
            case "ANIM", "ANMF" -> needs(ANIMATED);
            default -> {}
        }
        hasPicture |= type.equals("VP8 ") || type.equals("VP8L") || type.equals("ANMF");
        return null;
    }

    private void needs(int bytes) {
        bytesPerPixel = Math.max(bytesPerPixel, bytes);
    }

    /** The alpha bit follows the two sides. */
    private boolean hasAlpha(int at, long length) {
        return length >= 5 && (content.u8(at + 4) & 0x10) != 0;
    }

    private @Nullable Walk header(String type, int at, long length) {
        var needed = switch (type) {
            case "VP8 ", "VP8X" -> 10;
            case "VP8L" -> 5;
            default -> -1;
        };
        if (needed < 0 || length < needed) {
            return Walk.malformed(0, 0, "its first chunk is not a WebP header");
        }
        if (!content.has(at, needed)) {
            return Walk.truncated(0, 0, "within its header");
        }
        return switch (type) {
            case "VP8 " -> lossy(at, length);
            case "VP8L" -> lossless(at);
            default -> extended(at);
        };
    }

    /** RFC 6386, 9.1: frame tag, start code, two sides of 14 bits. */
    private @Nullable Walk lossy(int at, long length) {
        var tag = content.littleEndian24(at);
        var isKeyFrame = (tag & 1) == 0;
        var firstPartition = tag >> 5;
        if (!isKeyFrame || !content.isAt(at + 3, "\235\001*") || firstPartition > length - 10) {
            return Walk.malformed(0, 0, "its first frame is not a picture");
        }
        width = content.littleEndian16(at + 6) & SIDE_14_BITS;
        height = content.littleEndian16(at + 8) & SIDE_14_BITS;
        return null;
    }

    private @Nullable Walk lossless(int at) {
        var sizes = content.littleEndian32(at + 1);
        if (content.u8(at) != 0x2F || sizes >> 29 != 0) {
            return Walk.malformed(0, 0, "its lossless header is damaged");
        }
        width = (int) (sizes & SIDE_14_BITS) + 1;
        height = (int) (sizes >> 14 & SIDE_14_BITS) + 1;
        return null;
    }

    private @Nullable Walk extended(int at) {
        width = content.littleEndian24(at + 4) + 1;
        height = content.littleEndian24(at + 7) + 1;
        var flags = content.u8(at);
        needs((flags & 0x02) != 0 ? ANIMATED : (flags & 0x10) != 0 ? WITH_ALPHA : Walk.RGB);
        return null;
    }
}
