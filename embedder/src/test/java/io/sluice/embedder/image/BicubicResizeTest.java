package io.sluice.embedder.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.embedder.image.Framing.Fit;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BicubicResizeTest {
    private static final long SEED = 7;

    /** The reference sums in double precision, knows no fixed point, and looks at every source pixel for every target. */
    @ParameterizedTest
    @CsvSource({
        "100, 80, 32, CENTER_CROP",
        "80, 101, 32, CENTER_CROP",
        "301, 97, 96, STRETCH",
        "20, 31, 64, CENTER_CROP",
        "1, 1, 8, STRETCH",
        "1, 50, 16, CENTER_CROP",
        "640, 5, 24, STRETCH",
        "64, 64, 64, CENTER_CROP",
    })
    void equalsTheDoublePrecisionReference(int width, int height, int side, Fit fit) {
        var source = noise(width, height);

        var resized = BicubicResize.resize(source, new Framing(side, fit));

        var expected = reference(source, side, fit);
        var different = 0;
        for (int i = 0; i < expected.length; i++) {
            var distance = Math.abs((resized[i] & 0xFF) - expected[i]);
            assertThat(distance).as("byte %d, seed %d", i, SEED).isLessThanOrEqualTo(1);
            different += distance;
        }
        // only a sum on the edge between two values may fall to either side; one of the first pass shows in several
        // rows
        assertThat(different).isLessThanOrEqualTo(expected.length / 200);
    }

    private static int[] reference(ArrayRows source, int side, Fit fit) {
        var shorter = Math.min(source.width, source.height);
        var scaledWidth = fit == Fit.STRETCH ? side : (int) ((double) side * source.width / shorter);
        var scaledHeight = fit == Fit.STRETCH ? side : (int) ((double) side * source.height / shorter);
        var left = (scaledWidth - side) / 2;
        var top = (scaledHeight - side) / 2;
        var wide = new int[source.height][side][3];
        for (int y = 0; y < source.height; y++) {
            for (int x = 0; x < side; x++) {
                for (int c = 0; c < 3; c++) {
                    double[] line = new double[source.width];
                    for (int i = 0; i < line.length; i++) {
                        line[i] = source.at(i, y, c);
                    }
                    wide[y][x][c] = sample(line, scaledWidth, left + x);
                }
            }
        }
        var result = new int[side * side * 3];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                for (int c = 0; c < 3; c++) {
                    double[] line = new double[source.height];
                    for (int i = 0; i < line.length; i++) {
                        line[i] = wide[i][x][c];
                    }
                    result[(y * side + x) * 3 + c] = sample(line, scaledHeight, top + y);
                }
            }
        }
        return result;
    }

    private static int sample(double[] line, int targets, int target) {
        var scale = (double) line.length / targets;
        var stretch = Math.max(scale, 1.0);
        var center = (target + 0.5) * scale;
        var sum = 0.0;
        var weights = 0.0;
        for (int i = 0; i < line.length; i++) {
            // the window is of whole pixels, as the original's
            if (i >= (int) Math.max(0, center - 2 * stretch + 0.5) && i < (int) (center + 2 * stretch + 0.5)) {
                var weight = keys((i + 0.5 - center) / stretch);
                sum += weight * line[i];
                weights += weight;
            }
        }
        return (int) Math.clamp(Math.floor(sum / weights + 0.5), 0.0, 255.0);
    }

    private static double keys(double x) {
        var d = Math.abs(x);
        if (d <= 1) {
            return 1.5 * Math.pow(d, 3) - 2.5 * Math.pow(d, 2) + 1;
        }
        return d < 2 ? -0.5 * Math.pow(d, 3) + 2.5 * Math.pow(d, 2) - 4 * d + 2 : 0;
    }

    private static ArrayRows noise(int width, int height) {
        var random = new Random(SEED);
        var bytes = new byte[width * height * 3];
        for (int i = 0; i < bytes.length; i++) {
            // black and white beside gray, so that overshoot is clipped somewhere
            bytes[i] = (byte) (random.nextInt(3) == 0 ? 255 * random.nextInt(2) : random.nextInt(256));
        }
        return new ArrayRows(width, height, bytes);
    }

    private static final class ArrayRows implements PixelRows {
        private final int width;
        private final int height;
        private final byte[] bytes;

        ArrayRows(int width, int height, byte[] bytes) {
            this.width = width;
            this.height = height;
            this.bytes = bytes;
        }

        int at(int x, int y, int channel) {
            return bytes[(y * width + x) * 3 + channel] & 0xFF;
        }

        @Override
        public int width() {
            return width;
        }

        @Override
        public int height() {
            return height;
        }

        @Override
        public void read(int y, byte[] row) {
            System.arraycopy(bytes, y * width * 3, row, 0, row.length);
        }

        @Override
        public void close() {}
    }
}
