package io.sluice.embedder.image;

/** Decoded pixels, read row by row, so that a large picture never has to be copied as a whole. */
public interface PixelRows extends AutoCloseable {
    /** Bytes a pixel. */
    int CHANNELS = 3;

    /** {@return pixels a row} */
    int width();

    /** {@return rows} */
    int height();

    /** Copies row {@code y} into {@code row}: three bytes a pixel. */
    void read(int y, byte[] row);

    /** Frees their memory; they cannot be read any more. */
    @Override
    void close();
}
