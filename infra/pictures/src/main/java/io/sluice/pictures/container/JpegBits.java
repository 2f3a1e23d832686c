package io.sluice.pictures.container;

/** The bits of one scan, up to the marker that ends it. What would need more bits than there are fails. */
final class JpegBits {
    private static final int MARKER = 0xFF;
    private static final int MOST = 16;

    private final Bytes content;
    private final int end;
    private int at;
    private int window;
    private int count;

    JpegBits(Bytes content, int from) {
        this.content = content;
        this.at = from;
        this.end = end(content, from);
    }

    /** {@return where the marker is that ends the scan data from {@code from} on; without one the end of the file} */
    static int end(Bytes content, int from) {
        for (var i = content.nextFF(from); content.has(i, 2); i = content.nextFF(i + 1)) {
            var next = content.u8(i + 1);
            if (next != 0 && next != MARKER && (next < 0xD0 || next > 0xD7)) {
                return i;
            }
        }
        return content.size();
    }

    /** {@return where the marker is that ends the scan} */
    int end() {
        return end;
    }

    /** {@return how many bytes follow the last bit that was taken} */
    int surplus() {
        return end - at + count / Byte.SIZE;
    }

    /** {@return the symbol of the next code; -1 when there is none} */
    int code(JpegCodes codes) {
        fill();
        var next =
                count >= MOST ? window >>> (count - MOST) : ((window + 1) << (MOST - count)) - 1; // filled up with ones
        var length = codes.length(next);
        return length > 0 && skip(length) ? codes.symbol(next) : -1;
    }

    /** Skips the code of a value's size, and the value. */
    boolean skipValue(JpegCodes codes) {
        var size = code(codes);
        return size >= 0 && size <= 16 && skip(size);
    }

    boolean skip(int bits) {
        return bits <= MOST ? take(bits) >= 0 : take(MOST) >= 0 && skip(bits - MOST);
    }

    /** {@return the next bits, at most 16, as a number; -1 when there are not so many} */
    int take(int bits) {
        fill();
        if (bits > count) {
            return -1;
        }
        count -= bits;
        var taken = window >>> count;
        window &= (1 << count) - 1;
        return taken;
    }

    /** Goes on behind the next restart marker, which must come now. */
    boolean restart() {
        if (count >= Byte.SIZE) {
            return false;
        }
        count = 0;
        window = 0;
        while (content.has(at, 2) && at < end && content.u8(at) == MARKER && content.u8(at + 1) == MARKER) {
            at++;
        }
        var isRestart = at + 2 <= end && content.u8(at) == MARKER && (content.u8(at + 1) & 0xF8) == 0xD0;
        at += 2;
        return isRestart;
    }

    /** Keeps between 17 and 24 bits, while there are so many before the next marker. */
    private void fill() {
        while (count <= MOST && at < end) {
            var value = content.u8(at);
            if (value != MARKER) {
                at++;
            } else {
                var next = at + 1;
                while (next < end && content.u8(next) == MARKER) {
                    next++;
                }
                if (next >= end || content.u8(next) != 0) {
                    return;
                }
                at = next + 1;
            }
            window = window << Byte.SIZE | value;
            count += Byte.SIZE;
        }
    }
}
