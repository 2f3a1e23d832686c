package io.sluice.pictures.container;

import org.jspecify.annotations.Nullable;

/**
 * GIF (87a and 89a): a screen descriptor, then blocks up to the trailer. A frame that reaches beyond the screen makes
 * the picture larger, because a decoder may allocate memory for it.
 */
final class GifContainer {
    private static final int SCREEN_END = 13;
    private static final int DESCRIPTOR = 10;
    private static final int IMAGE = 0x2C;
    private static final int EXTENSION = 0x21;
    private static final int TRAILER = 0x3B;
    /** For the frame, and for the screen before and after it; measured. */
    private static final int BYTES_PER_PIXEL = 11;

    private final Bytes content;
    private int width;
    private int height;
    private boolean hasPicture;
    private long at;

    GifContainer(Bytes content) {
        this.content = content;
    }

    Walk walk() {
        if (!content.has(0, SCREEN_END)) {
            return Walk.truncated(0, 0, "within its header");
        }
        width = content.littleEndian16(6);
        height = content.littleEndian16(8);
        at = (long) SCREEN_END + colorTable(content.u8(10));
        while (content.has(at, 1)) {
            var block = content.u8((int) at);
            var problem = switch (block) {
                case IMAGE -> image();
                case EXTENSION -> subBlocks(at + 2);
                case TRAILER -> end();
                default -> Walk.malformed(width, height, "an unknown block at byte " + at);
            };
            if (problem != null) {
                return problem;
            }
        }
        return truncated();
    }

    private @Nullable Walk image() {
        if (!content.has(at, DESCRIPTOR)) {
            return truncated();
        }
        var start = (int) at;
        var frameWidth = content.littleEndian16(start + 5);
        var frameHeight = content.littleEndian16(start + 7);
        if (frameWidth == 0 || frameHeight == 0) {
            return Walk.malformed(width, height, "a frame of " + frameWidth + " x " + frameHeight + " pixels");
        }
        width = Math.max(width, content.littleEndian16(start + 1) + frameWidth);
        height = Math.max(height, content.littleEndian16(start + 3) + frameHeight);
        hasPicture = true;
        var codeSize = 1;
        return subBlocks(at + DESCRIPTOR + colorTable(content.u8(start + 9)) + codeSize);
    }

    /** Skips blocks that begin with their length; an empty one is the last. */
    private @Nullable Walk subBlocks(long from) {
        at = from;
        while (content.has(at, 1)) {
            var length = content.u8((int) at);
            at += 1L + length;
            if (length == 0) {
                return null;
            }
        }
        return truncated();
    }

    private Walk end() {
        return hasPicture
                ? Walk.whole(width, height, BYTES_PER_PIXEL)
                : Walk.malformed(width, height, "it ends without a picture");
    }

    private Walk truncated() {
        return Walk.truncated(width, height, "before its trailer");
    }

    /** {@return the size in bytes of the color table that these flags announce} */
    private static int colorTable(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }
}
