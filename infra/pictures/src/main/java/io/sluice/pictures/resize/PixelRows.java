package io.sluice.pictures.resize;

/** Decoded pixels, read row by row, so that a large picture never has to be copied as a whole. */
public interface PixelRows extends AutoCloseable {
    /** Bytes a pixel. */
    int CHANNELS = 3;

    /** {@return pixels a row} */
    int width();

    /** {@return rows} */
    int height();

    /** Fills {@code row} with pixels of row {@code y} from column {@code from} on: blue, green and red of each. */
    void read(int y, int from, byte[] row);

    /** Frees their memory; they cannot be read any more. */
    @Override
    void close();
}
