package io.sluice.pictures.decode;

import io.sluice.pictures.resize.PixelRows;

/**
 * A JPEG of which the coded data ends early although it has an end marker. libjpeg says so only to standard error, and
 * fills the rest with the middle gray. So a picture with that gray in a corner deserves a second look. Few have it.
 */
final class Cut {
    private static final int MIDDLE = 0x80;
    /** The same gray in each of four inks, multiplied. */
    private static final int INK_LEAST = 0x3F;

    private static final int INK_MOST = 0x41;

    private Cut() {}

    /** {@return whether a corner, and so perhaps a part, looks as the decoder fills what is missing} */
    static boolean isPossible(PixelRows pixels) {
        var right = pixels.width() - 1;
        var bottom = pixels.height() - 1;
        return isFilling(pixels, 0, 0)
                || isFilling(pixels, right, 0)
                || isFilling(pixels, 0, bottom)
                || isFilling(pixels, right, bottom);
    }

    private static boolean isFilling(PixelRows pixels, int x, int y) {
        var pixel = new byte[PixelRows.CHANNELS];
        pixels.read(y, x, pixel);
        var blue = pixel[0] & 0xFF;
        return pixel[0] == pixel[1]
                && pixel[1] == pixel[2]
                && (blue == MIDDLE || (blue >= INK_LEAST && blue <= INK_MOST));
    }
}
