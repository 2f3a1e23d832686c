package io.sluice.pictures.decode;

import static io.sluice.pictures.resize.PixelRows.CHANNELS;

import io.sluice.pictures.resize.BicubicResize.Resized;
import io.sluice.pictures.resize.PixelRows;

/** A decoded picture: upright, RGB, 8 bits a channel, without alpha. */
public final class Picture {
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

    /** {@return what a resize has made} */
    public static Picture of(Resized resized) {
        return new Picture(resized.width(), resized.height(), resized.rgb());
    }

    /** {@return the pixels row by row, as a resize reads them} */
    public PixelRows asRows() {
        return new Rows();
    }

    /** {@return red, green and blue of each pixel, row by row from the top; not to be changed} */
    public byte[] rgb() {
        return rgb;
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

    private final class Rows implements PixelRows {
        @Override
        public int width() {
            return width;
        }

        @Override
        public int height() {
            return height;
        }

        @Override
        public void read(int y, int from, byte[] row) {
            for (int to = 0, at = (y * width + from) * CHANNELS; to < row.length; to += CHANNELS, at += CHANNELS) {
                row[to] = rgb[at + 2];
                row[to + 1] = rgb[at + 1];
                row[to + 2] = rgb[at];
            }
        }

        @Override
        public void close() {}
    }

    private int channel(int x, int y, int channel) {
        return rgb[(y * width + x) * CHANNELS + channel] & 0xFF;
    }
}
