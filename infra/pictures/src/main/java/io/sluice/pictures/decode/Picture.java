package io.sluice.pictures.decode;

/** A decoded picture: upright, RGB, 8 bits a channel, without alpha. */
public final class Picture {
    private static final int CHANNELS = 3;

    private final int width;
    private final int height;
    private final byte[] rgb;

    /**
     * Takes the bytes without a copy; they must not be changed afterwards.
     *
     * @param rgb red, green and blue of each pixel, row by row from the top
     */
    public Picture(int width, int height, byte[] rgb) {
        if (width < 1 || height < 1 || rgb.length != (long) width * height * CHANNELS) {
            throw new IllegalArgumentException(rgb.length + " bytes are not a picture of " + width + " x " + height);
        }
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    /** {@return pixels a row} */
    public int width() {
        return width;
    }

    /** {@return rows} */
    public int height() {
        return height;
    }

    /** {@return the red of a pixel, 0 to 255} */
    public int red(int x, int y) {
        return channel(x, y, 0);
    }

    /** {@return the green of a pixel, 0 to 255} */
    public int green(int x, int y) {
        return channel(x, y, 1);
    }

    /** {@return the blue of a pixel, 0 to 255} */
    public int blue(int x, int y) {
        return channel(x, y, 2);
    }

    private int channel(int x, int y, int channel) {
        return rgb[(y * width + x) * CHANNELS + channel] & 0xFF;
    }
}
