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
        "300, 224, 224, CENTER_CROP",
        "224, 301, 224, CENTER_CROP",
        "223, 224, 224, CENTER_CROP",
    })
    void equalsTheDoublePrecisionReference(int width, int height, int side, Fit fit) {
        var source = ReferencePixels.noise(width, height, SEED);

        var resized = BicubicResize.resize(source.asRows(), new Framing(side, fit));

        equals(resized.rgb(), source.framed(side, fit));
    }

    /** The longer side decides, nothing is enlarged, and no side vanishes. */
    @ParameterizedTest
    @CsvSource({
        "100, 80, 32, 32, 26",
        "80, 101, 32, 25, 32",
        "50, 31, 64, 50, 31",
        "64, 64, 64, 64, 64",
        "65, 64, 64, 64, 63",
        "1, 900, 64, 1, 64",
        "3000, 2, 100, 100, 1",
        "1, 1, 64, 1, 1",
    })
    void keepsProportionsWithinASide(int width, int height, int side, int newWidth, int newHeight) {
        var source = ReferencePixels.noise(width, height, SEED);

        var resized = BicubicResize.resize(source.asRows(), new Framing(side, Fit.WITHIN));

        assertThat(resized.width()).isEqualTo(newWidth);
        assertThat(resized.height()).isEqualTo(newHeight);
        equals(resized.rgb(), source.scaled(newWidth, newHeight));
    }

    private static void equals(byte[] resized, int[] expected) {
        assertThat(resized).hasSize(expected.length);
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
