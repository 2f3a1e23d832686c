package io.sluice.pictures.decode;

import io.sluice.pictures.resize.Framing.Transparency;
import io.sluice.pictures.resize.PixelRows;
import java.nio.ByteBuffer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decoded pixels in native memory: blue, green and red, or these and alpha, with 8 or 16 bits. They become 8 bits
 * without alpha while they are read, row by row. Of 16 bits the upper eight count, as in Pillow.
 */
final class OpenCvPixels implements PixelRows {
    private static final int OPAQUE = 0xFF;

    private final Mat mat;
    private final ByteBuffer memory;
    private final int rowLength;
    private final int valueLength;
    private final int values;
    private final boolean isOnWhite;
    private byte[] stored = {};

    /** Takes over the pixels, and frees them when it is closed. */
    OpenCvPixels(Mat mat, Transparency transparency) {
        this.mat = mat;
        this.rowLength = (int) mat.step();
        this.memory = mat.data().capacity((long) mat.rows() * rowLength).asByteBuffer();
        this.valueLength = (int) mat.elemSize1();
        this.values = mat.channels();
        this.isOnWhite = transparency == Transparency.ON_WHITE;
    }

    @Override
    public int width() {
        return mat.cols();
    }

    @Override
    public int height() {
        return mat.rows();
    }

    @Override
    public void read(int y, int from, byte[] row) {
        var pixelLength = values * valueLength;
        var at = y * rowLength + from * pixelLength;
        if (pixelLength == CHANNELS) {
            memory.get(at, row);
            return;
        }
        var length = row.length / CHANNELS * pixelLength;
        if (stored.length != length) {
            stored = new byte[length];
        }
        memory.get(at, stored);
        // the upper byte of a value of 16 bits is its second
        for (int to = 0, pixel = valueLength - 1; to < row.length; to += CHANNELS, pixel += pixelLength) {
            var alpha = stored[pixel + CHANNELS * valueLength] & 0xFF;
            for (int c = 0; c < CHANNELS; c++) {
                var value = stored[pixel + c * valueLength];
                row[to + c] = isOnWhite ? onWhite(value & 0xFF, alpha) : value;
            }
        }
    }

    /** {@return {@code value * alpha / 255 + 255 - alpha}, rounded} */
    private static byte onWhite(int value, int alpha) {
        var weighted = value * alpha + (OPAQUE - alpha) * OPAQUE + 128;
        return (byte) ((weighted + (weighted >> 8)) >> 8);
    }

    @Override
    public void close() {
        mat.close();
    }
}
