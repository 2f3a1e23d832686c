package io.sluice.pictures.resize;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.pictures.resize.Framing.Fit;
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
        "900, 1, 224, CENTER_CROP",
        "3, 400, 64, CENTER_CROP",
        "224, 224, 224, CENTER_CROP",
        "223, 224, 224, CENTER_CROP",
    })
    void equalsTheDoublePrecisionReference(int width, int height, int side, Fit fit) {
        var source = ReferencePixels.noise(width, height, SEED);

        var resized = BicubicResize.resize(source.asRows(), new Framing(side, fit));

        var expected = source.framed(side, fit);
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
}
