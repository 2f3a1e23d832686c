package io.sluice.embedder.model;

import ai.onnxruntime.OnnxJavaType;
import io.sluice.embedder.bundle.Preprocessing;
import io.sluice.pictures.decode.Picture;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Set;

/**
 * Writes pictures as CLIP reads them: channel by channel, with values normalized to mean 0 and deviation 1 of the
 * training set.
 */
final class PictureFeed implements Feed<Picture> {
    static final String PIXELS = "pixel_values";
    private static final int CHANNELS = 3;

    private final int side;
    private final float[] reds;
    private final float[] greens;
    private final float[] blues;

    PictureFeed(Preprocessing preprocessing) {
        this.side = preprocessing.framing().side();
        this.reds = preprocessing.table(0);
        this.greens = preprocessing.table(1);
        this.blues = preprocessing.table(2);
    }

    @Override
    public String main() {
        return PIXELS;
    }

    @Override
    public Set<String> known() {
        return Set.of(PIXELS);
    }

    @Override
    public OnnxJavaType type() {
        return OnnxJavaType.FLOAT;
    }

    @Override
    public String output() {
        return "image_embeds";
    }

    @Override
    public void fill(OnnxRun run, List<Picture> pictures, int rows, Set<String> inputs) {
        var pixels = run.floats(PIXELS, rows, CHANNELS, side, side);
        for (int row = 0; row < rows; row++) {
            write(pictures.get(Math.min(row, pictures.size() - 1)), pixels, row * CHANNELS * side * side);
        }
    }

    /** Writes a picture as [channel, row, column], starting at index {@code at}. */
    void write(Picture picture, FloatBuffer pixels, int at) {
        if (picture.width() != side || picture.height() != side) {
            throw new IllegalArgumentException("not framed: " + picture.width() + " x " + picture.height());
        }
        var plane = side * side;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                var place = at + y * side + x;
                pixels.put(place, reds[picture.red(x, y)]);
                pixels.put(place + plane, greens[picture.green(x, y)]);
                pixels.put(place + 2 * plane, blues[picture.blue(x, y)]);
            }
        }
    }
}
