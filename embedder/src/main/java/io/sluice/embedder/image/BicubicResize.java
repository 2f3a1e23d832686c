package io.sluice.embedder.image;

import static io.sluice.embedder.image.PixelRows.CHANNELS;
import static io.sluice.embedder.image.Resampling.PRECISION;

import java.util.Arrays;

/** Antialiased bicubic resize, rows first and columns after, rounded to 8 bits in between; see {@link Resampling}. */
final class BicubicResize {
    private static final int HALF = 1 << (PRECISION - 1);

    private BicubicResize() {}

    /** {@return the framed picture's bytes, in the channel order of the source} */
    static byte[] resize(PixelRows source, Framing framing) {
        var columns = framing.columns(source.width(), source.height());
        var rows = framing.rows(source.width(), source.height());
        return vertically(horizontally(source, columns, rows), rows, columns.count() * CHANNELS);
    }

    /** {@return every source row that counts, scaled to the target's width} */
    private static byte[][] horizontally(PixelRows source, Resampling columns, Resampling rows) {
        var row = new byte[source.width() * CHANNELS];
        var scaled = new byte[rows.end() - rows.first()][];
        for (int y = 0; y < scaled.length; y++) {
            source.read(rows.first() + y, row);
            scaled[y] = scale(row, columns);
        }
        return scaled;
    }

    private static byte[] scale(byte[] row, Resampling columns) {
        var scaled = new byte[columns.count() * CHANNELS];
        for (int x = 0; x < columns.count(); x++) {
            var weights = columns.weights(x);
            var at = columns.start(x) * CHANNELS;
            int first = HALF;
            int second = HALF;
            int third = HALF;
            for (int weight : weights) {
                first += weight * (row[at] & 0xFF);
                second += weight * (row[at + 1] & 0xFF);
                third += weight * (row[at + 2] & 0xFF);
                at += CHANNELS;
            }
            scaled[x * CHANNELS] = clip(first);
            scaled[x * CHANNELS + 1] = clip(second);
            scaled[x * CHANNELS + 2] = clip(third);
        }
        return scaled;
    }

    private static byte[] vertically(byte[][] scaled, Resampling rows, int rowLength) {
        var picture = new byte[rows.count() * rowLength];
        var sums = new int[rowLength];
        for (int y = 0; y < rows.count(); y++) {
            Arrays.fill(sums, HALF);
            var weights = rows.weights(y);
            var from = rows.start(y) - rows.first();
            for (int i = 0; i < weights.length; i++) {
                add(sums, scaled[from + i], weights[i]);
            }
            for (int x = 0; x < rowLength; x++) {
                picture[y * rowLength + x] = clip(sums[x]);
            }
        }
        return picture;
    }

    private static void add(int[] sums, byte[] row, int weight) {
        for (int x = 0; x < sums.length; x++) {
            sums[x] += weight * (row[x] & 0xFF);
        }
    }

    private static byte clip(int sum) {
        return (byte) Math.clamp(sum >> PRECISION, 0, 0xFF);
    }
}
