package io.sluice.samplephotos;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A directory of a TIFF file (TIFF 6.0, section 2), with the highest byte first. Its entries must be put in order of tag. */
final class TiffDirectory {
    private static final int ENTRY = 12;
    private static final int FITS_INSIDE = 4;
    private static final short BYTE = 1;
    private static final short ASCII = 2;
    private static final short SHORT = 3;
    private static final short LONG = 4;
    private static final short RATIONAL = 5;

    private final List<ByteBuffer> heads = new ArrayList<>();
    private final List<byte[]> values = new ArrayList<>();

    TiffDirectory text(int tag, String text) {
        var value = (text + '\0').getBytes(US_ASCII);
        return put(tag, ASCII, value.length, value);
    }

    TiffDirectory bytes(int tag, byte... value) {
        return put(tag, BYTE, value.length, value);
    }

    TiffDirectory number16(int tag, int number) {
        return put(tag, SHORT, 1, (byte) (number >> 8), (byte) number);
    }

    /** Puts the distance of another directory from the start of the file. */
    TiffDirectory directory(int tag, int start) {
        return put(tag, LONG, 1, (byte) (start >> 24), (byte) (start >> 16), (byte) (start >> 8), (byte) start);
    }

    /** Puts an angle as degrees, minutes and hundredths of seconds. */
    TiffDirectory angle(int tag, double degrees) {
        var hundredths = (int) Math.round(Math.abs(degrees) * 360_000);
        var value = ByteBuffer.allocate(6 * Integer.BYTES)
                .putInt(hundredths / 360_000)
                .putInt(1)
                .putInt(hundredths / 6_000 % 60)
                .putInt(1)
                .putInt(hundredths % 6_000)
                .putInt(100)
                .flip();
        var bytes = new byte[value.remaining()];
        value.get(bytes);
        return put(tag, RATIONAL, 3, bytes);
    }

    private TiffDirectory put(int tag, short type, int count, byte... value) {
        heads.add(ByteBuffer.allocate(Short.BYTES + Short.BYTES + Integer.BYTES)
                .putShort((short) tag)
                .putShort(type)
                .putInt(count)
                .flip());
        values.add(value);
        return this;
    }

    /** {@return how many bytes the directory takes, with the values that do not fit into its entries} */
    int length() {
        return inside() + values.stream().mapToInt(TiffDirectory::outside).sum();
    }

    private int inside() {
        return Short.BYTES + ENTRY * heads.size() + Integer.BYTES;
    }

    /** Values start at even distances. */
    private static int outside(byte[] value) {
        return value.length > FITS_INSIDE ? value.length + value.length % 2 : 0;
    }

    /** Writes the directory, which starts at this distance from the start of the file. */
    void write(ByteArrayOutputStream file, int start) {
        var bytes = new byte[length()];
        var directory = ByteBuffer.wrap(bytes).putShort((short) heads.size());
        var outside = inside();
        for (int i = 0; i < heads.size(); i++) {
            var value = values.get(i);
            directory.put(heads.get(i).duplicate());
            if (outside(value) == 0) {
                directory.put(value).position(directory.position() + FITS_INSIDE - value.length);
            } else {
                directory.putInt(start + outside).put(outside, value);
                outside += outside(value);
            }
        }
        file.writeBytes(bytes);
    }
}
