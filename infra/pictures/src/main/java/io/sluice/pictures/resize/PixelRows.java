package io.sluice.pictures.resize;

/** Decoded pixels. They are read row by row, so a large picture is never copied as a whole. */
public interface PixelRows extends AutoCloseable {
    /** Bytes a pixel. */
    int CHANNELS = 3;

    /** {@return pixels a row} */
    int width();

    /** {@return rows} */
    int height();

    /**
     * Fills {@code row} with pixels of row {@code y}, beginning at column {@code from}: blue, green and red of each.
     */
    void read(int y, int from, byte[] row);

    /** Frees the memory. The pixels cannot be read afterwards. */
    @Override
    void close();
}
