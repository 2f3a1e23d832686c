package io.sluice.bench.load;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * JPEG files of which no two are alike. Drawing takes longer than what is measured. So only some pictures are drawn, and
 * each copy of one gets a comment of its own: its bytes and its hash differ, and it decodes to the same picture.
 */
public final class DistinctJpegs {
    /** The length of the JPEG start marker; the comment follows it. */
    private static final int START = 2;

    private static final byte[] COMMENT = {(byte) 0xFF, (byte) 0xFE, 0, 10};

    private static final int PHOTO_WIDTH = 3_264;
    private static final int PHOTO_HEIGHT = 2_448;
    private static final int PHOTO_GRAIN_BITS = 6;

    private final List<byte[]> drawn;

    private DistinctJpegs(List<byte[]> drawn) {
        this.drawn = drawn;
    }

    /** Draws this many pictures of this size in pixels. */
    public static DistinctJpegs draw(int count, int width, int height) {
        return of(count, i -> Pictures.jpeg(i, width, height));
    }

    /** Draws this many photos of 8 megapixels and about 2 MB. */
    public static DistinctJpegs drawPhotos(int count) {
        return of(count, i -> Pictures.jpeg(i, PHOTO_WIDTH, PHOTO_HEIGHT, PHOTO_GRAIN_BITS));
    }

    /** {@return copies of these files} */
    public static DistinctJpegs copies(List<byte[]> jpegs) {
        return new DistinctJpegs(List.copyOf(jpegs));
    }

    private static DistinctJpegs of(int count, IntFunction<byte[]> jpeg) {
        return new DistinctJpegs(
                IntStream.range(0, count).parallel().mapToObj(jpeg).toList());
    }

    /** {@return the file of this number: always the same one, and another one for each number} */
    public byte[] file(long number) {
        var jpeg = drawn.get((int) (number % drawn.size()));
        var bytes = new ByteArrayOutputStream(jpeg.length + COMMENT.length + Long.BYTES);
        bytes.write(jpeg, 0, START);
        bytes.writeBytes(COMMENT);
        bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
        bytes.write(jpeg, START, jpeg.length - START);
        return bytes.toByteArray();
    }

    /** {@return the mean size of a file, in KB} */
    public double kilobytes() {
        return drawn.stream().mapToInt(file -> file.length).average().orElseThrow() / 1024;
    }
}
