package io.sluice.embedder.model;

import io.sluice.pictures.decode.Picture;
import io.sluice.pictures.resize.Framing;
import io.sluice.schemas.product.Embedding;

/**
 * Describes the look of a picture as a vector: where its colors are, and in which directions its edges run. It does not
 * recognize the subject of the picture. A copy that is resized, compressed again or slightly cropped has a near vector,
 * and so has another picture with the same colors and shapes.
 *
 * <p>The picture, stretched to {@value #SIDE} x {@value #SIDE} pixels, fills two histograms:
 *
 * <ul>
 *   <li><b>color</b> ({@value #COLORS}): 2 x 2 cells of the picture, by 4 levels of luma, by 6 x 6 of blue and red
 *       chroma (BT.601; chroma under a signed square root, which spreads the many nearly grey colors). A pixel counts 1
 *       / (number of pixels).
 *   <li><b>shape</b> ({@value #EDGES}): 6 x 6 cells, by 8 directions of the luma's gradient (an edge and its negative
 *       count as one). A pixel counts its gradient's magnitude / (number of pixels).
 * </ul>
 *
 * <p>A pixel is shared linearly between the neighboring cells, levels and directions, so that a small change of the
 * picture makes a small change of the vector. Let {@code m} be the sum of the shape histogram. The vector is the square
 * roots of the color histogram, followed by the square roots of the shape histogram divided by {@code sqrt(m + 1/255)},
 * all scaled to length 1. The term 1/255 keeps the noise of a flat picture from looking like edges. Taking square roots
 * makes the dot product a Bhattacharyya similarity of the histograms, which large flat areas do not dominate.
 *
 * <p>The result is the same on every machine, because the code uses only operations with one correct result, and
 * StrictMath.
 */
final class VisualDescriptor {
    static final String REVISION = "visual-1";

    private static final int SIDE = 96;
    private static final int COLOR_CELLS = 2;
    private static final int LUMA_LEVELS = 4;
    private static final int CHROMA_LEVELS = 6;
    private static final int COLORS = COLOR_CELLS * COLOR_CELLS * LUMA_LEVELS * CHROMA_LEVELS * CHROMA_LEVELS;
    private static final int SHAPE_CELLS = 6;
    private static final int DIRECTIONS = 8;
    private static final int EDGES = SHAPE_CELLS * SHAPE_CELLS * DIRECTIONS;
    private static final double NOISE = 1 / 255.0;

    /** {@value #DIMENSION} = 2 * 2 * 4 * 6 * 6 + 6 * 6 * 8. */
    static final int DIMENSION = COLORS + EDGES;

    static final Framing FRAMING = new Framing(SIDE, Framing.Fit.STRETCH);

    private final Picture picture;
    private final double[] luma = new double[SIDE * SIDE];
    private final double[] colors = new double[COLORS];
    private final double[] edges = new double[EDGES];

    private VisualDescriptor(Picture picture) {
        this.picture = picture;
    }

    /** {@return the vector of a picture framed as {@link #FRAMING} says} */
    static Embedding describe(Picture picture) {
        if (picture.width() != SIDE || picture.height() != SIDE) {
            throw new IllegalArgumentException("not framed: " + picture.width() + " x " + picture.height());
        }
        return new VisualDescriptor(picture).describe();
    }

    private Embedding describe() {
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                countColor(x, y);
            }
        }
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                countEdge(x, y);
            }
        }
        return joined();
    }

    private void countColor(int x, int y) {
        var red = picture.red(x, y) / 255.0;
        var green = picture.green(x, y) / 255.0;
        var blue = picture.blue(x, y) / 255.0;
        var bright = 0.299 * red + 0.587 * green + 0.114 * blue;
        luma[y * SIDE + x] = bright;
        var level = Share.of(bright, LUMA_LEVELS);
        var blueness = Share.of(spread((blue - bright) / 1.772), CHROMA_LEVELS);
        var redness = Share.of(spread((red - bright) / 1.402), CHROMA_LEVELS);
        var column = Share.ofCell(x, SIDE, COLOR_CELLS);
        var row = Share.ofCell(y, SIDE, COLOR_CELLS);
        for (int part = 0; part < 1 << 5; part++) {
            var weight = row.weight(part)
                    * column.weight(part >> 1)
                    * level.weight(part >> 2)
                    * blueness.weight(part >> 3)
                    * redness.weight(part >> 4);
            var cell = row.index(part) * COLOR_CELLS + column.index(part >> 1);
            var color = (level.index(part >> 2) * CHROMA_LEVELS + blueness.index(part >> 3)) * CHROMA_LEVELS
                    + redness.index(part >> 4);
            colors[cell * (COLORS / (COLOR_CELLS * COLOR_CELLS)) + color] += weight / (SIDE * SIDE);
        }
    }

    /** Maps chroma from -1/2 to 1/2 to a value from 0 to 1. */
    private static double spread(double chroma) {
        return 0.5 + Math.copySign(Math.sqrt(Math.abs(chroma) / 2), chroma);
    }

    private void countEdge(int x, int y) {
        var across = luma(x + 1, y) - luma(x - 1, y);
        var down = luma(x, y + 1) - luma(x, y - 1);
        var magnitude = Math.sqrt(across * across + down * down) / (SIDE * SIDE);
        var halfTurns = StrictMath.atan2(down, across) / StrictMath.PI;
        var direction = Share.ofCircle(halfTurns - Math.floor(halfTurns), DIRECTIONS);
        var column = Share.ofCell(x, SIDE, SHAPE_CELLS);
        var row = Share.ofCell(y, SIDE, SHAPE_CELLS);
        for (int part = 0; part < 1 << 3; part++) {
            var weight = row.weight(part) * column.weight(part >> 1) * direction.weight(part >> 2);
            var cell = row.index(part) * SHAPE_CELLS + column.index(part >> 1);
            edges[cell * DIRECTIONS + direction.index(part >> 2)] += weight * magnitude;
        }
    }

    private double luma(int x, int y) {
        return luma[Math.clamp(y, 0, SIDE - 1) * SIDE + Math.clamp(x, 0, SIDE - 1)];
    }

    private Embedding joined() {
        var total = 0.0;
        for (double edge : edges) {
            total += edge;
        }
        var vector = new double[DIMENSION];
        for (int i = 0; i < COLORS; i++) {
            vector[i] = Math.sqrt(colors[i]);
        }
        for (int i = 0; i < EDGES; i++) {
            vector[COLORS + i] = Math.sqrt(edges[i] / (total + NOISE));
        }
        return UnitVectors.of(vector);
    }

    /** Shares a value between its two neighboring bins. Bit 0 of {@code part} selects the lower or the upper bin. */
    private record Share(int lower, int upper, double upperWeight) {
        /** Shares a value from 0 to 1 between bins, the first of which is at 0 and the last at 1. */
        static Share of(double value, int bins) {
            return at(value * (bins - 1), bins);
        }

        /**
         * Shares a pixel between cells by the distance to their centers. A pixel outside the outermost centers belongs
         * to one cell.
         */
        static Share ofCell(int pixel, int pixels, int cells) {
            return at((pixel + 0.5) * cells / pixels - 0.5, cells);
        }

        /** Shares a value from 0 to 1 between bins that form a circle. */
        static Share ofCircle(double value, int bins) {
            var position = value * bins;
            var lower = Math.min((int) position, bins - 1);
            return new Share(lower, (lower + 1) % bins, position - lower);
        }

        private static Share at(double position, int bins) {
            var clamped = Math.clamp(position, 0.0, bins - 1.0);
            var lower = Math.min((int) clamped, bins - 2);
            return new Share(lower, lower + 1, clamped - lower);
        }

        double weight(int part) {
            return (part & 1) == 0 ? 1 - upperWeight : upperWeight;
        }

        int index(int part) {
            return (part & 1) == 0 ? lower : upper;
        }
    }
}
