package io.sluice.pictures.container;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** A file's bytes, read at positions that are known to exist: callers ask {@link #has} first. */
final class Bytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long TOP_BITS = 0x8080_8080_8080_8080L;
    private static final byte FF = (byte) 0xFF;

    private final byte[] array;

    Bytes(byte[] array) {
        this.array = array;
    }

    /** {@return the file itself, not a copy} */
    byte[] array() {
        return array;
    }

    int size() {
        return array.length;
    }

    /** {@return whether {@code count} bytes are there from {@code at} on} */
    boolean has(long at, long count) {
        return at >= 0 && count >= 0 && at + count <= array.length;
    }

    int u8(int at) {
        return array[at] & 0xFF;
    }

    /** {@return where the next byte FF is, from {@code at} on; the size when there is none} */
    int nextFF(int at) {
        var i = at;
        // Eight bytes at a time. In the complement FF is 0, and only subtracting 1 from 0 sets a top bit that was not
        // set.
        while (i + Long.BYTES <= array.length) {
            var complement = ~(long) LONGS.get(array, i);
            if ((complement - LOW_BITS & ~complement & TOP_BITS) != 0) {
                break;
            }
            i += Long.BYTES;
        }
        while (i < array.length && array[i] != FF) {
            i++;
        }
        return i;
    }

    int bigEndian16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    long bigEndian32(int at) {
        return (long) bigEndian16(at) << 16 | bigEndian16(at + 2);
    }

    int littleEndian16(int at) {
        return u8(at) | u8(at + 1) << 8;
    }

    int littleEndian24(int at) {
        return littleEndian16(at) | u8(at + 2) << 16;
    }

    long littleEndian32(int at) {
        return littleEndian24(at) | (long) u8(at + 3) << 24;
    }

    /** {@return whether these characters (one byte each) stand at {@code at}} */
    boolean isAt(int at, String characters) {
        if (!has(at, characters.length())) {
            return false;
        }
        for (int i = 0; i < characters.length(); i++) {
            if (u8(at + i) != characters.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    String text(int at, int count) {
        return new String(array, at, count, StandardCharsets.ISO_8859_1);
    }

    long crc32(int at, int count) {
        var crc = new CRC32();
        crc.update(array, at, count);
        return crc.getValue();
    }
}
