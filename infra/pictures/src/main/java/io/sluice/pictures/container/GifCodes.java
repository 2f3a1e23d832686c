package io.sluice.pictures.container;

import org.jspecify.annotations.Nullable;

/** Counts the pixels in the LZW codes of a GIF's frame (GIF 89a, appendix F), without looking at their colors. */
final class GifCodes {
    private static final int MOST = 1 << 12;
    private static final String FEWER = "its frame has fewer pixels than it says";

    private final Bytes content;
    private int at;
    private int left;

    private GifCodes(Bytes content, int at) {
        this.content = content;
        this.at = at;
    }

    /**
     * Reads complete blocks of codes.
     *
     * @param at the byte before the first block, which says how long codes are
     * @return what is wrong; null when the codes are those of all pixels and no more
     */
    static @Nullable String read(Bytes content, int at, int pixels) {
        var bits = content.u8(at);
        if (bits < 2 || bits > 11) {
            return "the codes of its frame are of an unknown length";
        }
        return new GifCodes(content, at + 1).read(bits, pixels);
    }

    private @Nullable String read(int bits, int pixels) {
        var clear = 1 << bits;
        var end = clear + 1;
        var lengths = new int[MOST + 1];
        var next = end;
        var previous = 0;
        var width = bits + 1;
        var window = 0;
        var count = 0;
        var counted = 0L;
        for (int value; (value = nextByte()) >= 0; ) {
            window |= value << count;
            count += Byte.SIZE;
            while (count >= width) {
                var code = window & ((1 << width) - 1);
                window >>>= width;
                count -= width;
                if (code == clear || code == end) {
                    if (code == end && counted < pixels) {
                        return FEWER;
                    }
                    next = end;
                    previous = 0;
                    width = bits + 1;
                    if (code == end) {
                        break;
                    }
                    continue;
                }
                if (counted == pixels) {
                    return isAtEnd() ? null : "its frame has more pixels than it says";
                }
                var length = code < clear ? 1 : code <= next && code > end ? lengths[code] : 0;
                if (previous > 0 && next < MOST) {
                    lengths[next] = previous + 1;
                }
                length = code == next && previous > 0 ? previous + 1 : length;
                if (length == 0) {
                    return "the codes of its frame are damaged";
                }
                counted += length;
                if (counted > pixels) {
                    return "its frame has more pixels than it says";
                }
                previous = length;
                if (next < MOST) {
                    next++;
                    if (next == (1 << width) && width < 12) {
                        width++;
                    }
                }
            }
        }
        return counted == pixels ? null : FEWER;
    }

    private boolean isAtEnd() {
        return left == 0 && content.u8(at) == 0;
    }

    private int nextByte() {
        if (left == 0) {
            left = content.u8(at++);
            if (left == 0) {
                at--;
                return -1;
            }
        }
        left--;
        return content.u8(at++);
    }
}
