package io.sluice.pictures.decode;

import io.sluice.pictures.container.Still;
import io.sluice.pictures.resize.Framing.Transparency;
import io.sluice.pictures.resize.PixelRows;

/** Turns the still picture of a file into pixels, in native code that cannot be interrupted. */
public interface Codec {
    /**
     * Decodes to upright pixels without alpha.
     *
     * @param transparency what becomes of transparent pixels
     * @param reduction 1, 2, 4 or 8: divides width and height by this
     * @return the pixels, which the caller closes
     * @throws ImageRefusedException when the file cannot be decoded
     */
    PixelRows decode(Still still, int reduction, Transparency transparency);
}
