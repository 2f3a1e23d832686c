package io.sluice.pictures.decode;

import io.sluice.pictures.resize.PixelRows;

/** Turns the bytes of a file into pixels. Native code, which cannot be interrupted. */
public interface Codec {
    /**
     * Decodes to upright pixels.
     *
     * @param reduction 1, 2, 4 or 8: decodes at that fraction of the size
     * @return the pixels, for the caller to close
     * @throws ImageRefusedException when it makes nothing of the file
     */
    PixelRows decode(byte[] file, int reduction);
}
