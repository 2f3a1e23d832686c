package io.sluice.embedder.image;

/** Decoded pixels, read row by row, so that a large picture never has to be copied as a whole. */
interface PixelRows {
    int CHANNELS = 3;

    int width();

    int height();

    /** Copies row {@code y} into {@code row}: three bytes a pixel. */
    void read(int y, byte[] row);
}
