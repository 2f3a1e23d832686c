package io.sluice.pictures.container;

import org.jspecify.annotations.Nullable;

/** A table of Huffman codes (ITU-T T.81, annex C): the symbol and the length for each 16 bits that begin with a code. */
final class JpegCodes {
    private static final int LONGEST = 16;

    private final short[] symbols = new short[1 << LONGEST];
    private final byte[] lengths = new byte[1 << LONGEST];
    private final int count;

    private JpegCodes(int count) {
        this.count = count;
    }

    /** {@return the table at {@code at}; null when it reaches beyond {@code end} or has more codes than there are} */
    static @Nullable JpegCodes read(Bytes content, int at, int end) {
        var count = 0;
        for (int i = 0; i < LONGEST; i++) {
            count += content.u8(at + i);
        }
        if (at + LONGEST + count > end) {
            return null;
        }
        var codes = new JpegCodes(count);
        var next = 0;
        var symbol = at + LONGEST;
        for (int length = 1; length <= LONGEST; length++) {
            for (int i = content.u8(at + length - 1); i > 0; i--) {
                var span = 1 << (LONGEST - length);
                if (next + span > (1 << LONGEST)) {
                    return null;
                }
                for (int bits = next; bits < next + span; bits++) {
                    codes.symbols[bits] = (short) content.u8(symbol);
                    codes.lengths[bits] = (byte) length;
                }
                next += span;
                symbol++;
            }
        }
        return codes;
    }

    /** {@return how many codes there are} */
    int count() {
        return count;
    }

    int symbol(int sixteenBits) {
        return symbols[sixteenBits];
    }

    /** {@return the bits of the code; 0 when there is none} */
    int length(int sixteenBits) {
        return lengths[sixteenBits];
    }
}
