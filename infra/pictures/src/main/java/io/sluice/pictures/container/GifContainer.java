package io.sluice.pictures.container;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * GIF (87a and 89a): a screen descriptor, then blocks. The first frame is the still picture. What follows it is not
 * looked at, so neither a damaged animation nor a missing trailer matters. A frame that reaches beyond the screen makes
 * the picture larger.
 */
final class GifContainer {
    private static final int SCREEN = 6;
    private static final int SCREEN_END = 13;
    private static final int DESCRIPTOR = 10;
    private static final int IMAGE = 0x2C;
    private static final int EXTENSION = 0x21;
    private static final int GRAPHIC_CONTROL = 0xF9;
    private static final int TRAILER = 0x3B;
    private static final int TABLE = 0x80;
    private static final int INTERLACED = 0x40;
    private static final int COLORS = 256;
    /** For the frame, and for the screen before and after it; measured. */
    private static final int BYTES_PER_PIXEL = 11;

    private final Bytes content;
    private final long maxPixels;
    private int width;
    private int height;
    private int control;
    private long at;

    /** @param maxPixels when the header says more, the codes of the frame are not looked at */
    GifContainer(Bytes content, long maxPixels) {
        this.content = content;
        this.maxPixels = maxPixels;
    }

    Walk walk() {
        if (!content.has(0, SCREEN_END)) {
            return Walk.truncated(0, 0, "within its header");
        }
        width = content.littleEndian16(SCREEN);
        height = content.littleEndian16(SCREEN + 2);
        at = (long) SCREEN_END + colorTable(content.u8(SCREEN + 4));
        while (content.has(at, 1)) {
            var block = content.u8((int) at);
            switch (block) {
                case IMAGE -> {
                    return image();
                }
                case EXTENSION -> {
                    var problem = extension();
                    if (problem != null) {
                        return problem;
                    }
                }
                case TRAILER -> {
                    return Walk.malformed(width, height, "it ends without a picture");
                }
                case 0 -> at++; // some programs leave one between blocks
                default -> {
                    return Walk.malformed(width, height, "an unknown block at byte " + at);
                }
            }
        }
        return truncated();
    }

    private Walk image() {
        if (!content.has(at, DESCRIPTOR)) {
            return truncated();
        }
        var start = (int) at;
        var frameWidth = content.littleEndian16(start + 5);
        var frameHeight = content.littleEndian16(start + 7);
        if (frameWidth == 0 || frameHeight == 0) {
            return Walk.malformed(width, height, "a frame of " + frameWidth + " x " + frameHeight + " pixels");
        }
        var right = content.littleEndian16(start + 1) + frameWidth;
        var bottom = content.littleEndian16(start + 3) + frameHeight;
        width = Math.max(width, right);
        height = Math.max(height, bottom);
        var flags = content.u8(start + 9);
        var codes = at + DESCRIPTOR + colorTable(flags);
        var problem = subBlocks(codes + 1);
        if (problem != null) {
            return problem;
        }
        if ((long) width * height <= maxPixels) {
            var refused = GifCodes.read(content, (int) codes, frameWidth * frameHeight);
            if (refused != null) {
                return Walk.malformed(width, height, refused);
            }
        }
        return Walk.whole(width, height, BYTES_PER_PIXEL, still(start, flags, codes));
    }

    /**
     * The same frame with 256 colors and without its disposal, which decoders may refuse. The background is the lightest
     * color: people see a page where the frame leaves room.
     */
    private Still still(int start, int flags, long codes) {
        var screen = ByteBuffer.allocate(SCREEN_END - SCREEN).order(ByteOrder.LITTLE_ENDIAN);
        screen.putShort((short) width).putShort((short) height);
        var parts = new Parts(content).add(0, SCREEN);
        var colors = colors(start, flags);
        screen.put((byte) (colors.length > 0 ? TABLE | 0x77 : 0))
                .put((byte) lightest(colors))
                .put((byte) 0);
        parts.add(screen.array()).add(colors);
        var isTransparent = control > 0 && (content.u8(control) & 1) != 0;
        if (isTransparent) {
            parts.add(new byte[] {EXTENSION, (byte) GRAPHIC_CONTROL, 4, 1, 0, 0, (byte) content.u8(control + 3), 0});
        }
        parts.add(start, DESCRIPTOR - 1).add(new byte[] {(byte) (flags & INTERLACED)});
        parts.add(codes, at - codes).add(new byte[] {TRAILER});
        return Still.of(parts, new Metadata(content), isTransparent);
    }

    private static int lightest(byte[] colors) {
        var lightest = 0;
        var most = -1;
        for (int i = 0; i < colors.length; i += 3) {
            var light = (colors[i] & 0xFF) + (colors[i + 1] & 0xFF) + (colors[i + 2] & 0xFF);
            if (light > most) {
                most = light;
                lightest = i / 3;
            }
        }
        return lightest;
    }

    /** The frame's own table, or that of the screen. Of the entries that are not there the last is white. */
    private byte[] colors(int start, int flags) {
        var local = colorTable(flags);
        var global = colorTable(content.u8(SCREEN + 4));
        if (local == 0 && global == 0) {
            return new byte[0];
        }
        var from = local > 0 ? start + DESCRIPTOR : SCREEN_END;
        var table = Arrays.copyOfRange(content.array(), from, from + Math.max(1, local > 0 ? local : global));
        var colors = Arrays.copyOf(table, 3 * COLORS);
        if (table.length < colors.length) {
            Arrays.fill(colors, colors.length - 3, colors.length, (byte) 0xFF);
        }
        return colors;
    }

    private @Nullable Walk extension() {
        var isControl =
                content.has(at, 8) && content.u8((int) at + 1) == GRAPHIC_CONTROL && content.u8((int) at + 2) == 4;
        if (isControl) {
            control = (int) at + 3;
        }
        return subBlocks(at + 2);
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

    private Walk truncated() {
        return Walk.truncated(width, height, "before its first frame does");
    }

    /** {@return the size in bytes of the color table that these flags announce} */
    private static int colorTable(int flags) {
        return (flags & TABLE) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }
}
