package io.sluice.journal;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The kind of server that a journal belongs to.
 *
 * @param mark the first {@value #HEADER_LENGTH} bytes of its file, in ASCII; the last of them is the version of its entries
 * @param title its name in messages
 */
public record Owner(String mark, String title) {
    static final int HEADER_LENGTH = 8;

    public Owner {
        if (mark.getBytes(StandardCharsets.US_ASCII).length != HEADER_LENGTH) {
            throw new IllegalArgumentException(mark + " has not " + HEADER_LENGTH + " characters");
        }
    }

    /** {@return the first bytes of its file} */
    ByteBuffer header() {
        return ByteBuffer.wrap(mark.getBytes(StandardCharsets.US_ASCII));
    }

    /** {@return whether a file begins as its files do} */
    boolean wrote(MemorySegment file) {
        return file.byteSize() >= HEADER_LENGTH
                && file.asSlice(0, HEADER_LENGTH)
                                .mismatch(MemorySegment.ofArray(mark.getBytes(StandardCharsets.US_ASCII)))
                        == -1;
    }
}
