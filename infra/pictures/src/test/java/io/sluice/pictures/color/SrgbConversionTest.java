package io.sluice.pictures.color;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.pictures.decode.Picture;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SrgbConversionTest {
    private static final int ROUNDS = Integer.getInteger("sluice.fuzz.rounds", 3_000);
    private static final long SEED = 11;

    static Stream<Named<byte[]>> profiles() {
        return Stream.of(
                Named.of("Display P3", IccFile.displayP3()),
                Named.of("Adobe RGB", IccFile.adobeRgb()),
                Named.of("curves of tables", IccFile.p3OfTables()),
                Named.of("an exponent", IccFile.p3WithCurve(0, 1.8)),
                Named.of("a curve of kind 1", IccFile.p3WithCurve(1, 2.2, 0.95, 0.05)),
                Named.of("a curve of kind 2", IccFile.p3WithCurve(2, 2.2, 0.95, 0.04, 0.01)),
                Named.of("a curve of kind 4", IccFile.p3WithCurve(4, 2.4, 0.948, 0.052, 0.0774, 0.04, 0.001, 0.001)));
    }

    /**
     * The JDK's color management is Little CMS, which shares nothing with the code under test. Its sRGB is a table, and
     * not exact where the curve is steep.
     */
    @ParameterizedTest
    @MethodSource("profiles")
    void convertsAsTheColorManagementOfTheJdkDoes(byte[] profile) {
        var random = new Random(SEED);
        var rgb = new byte[300 * 3];
        random.nextBytes(rgb);
        for (int value = 0; value < 100; value++) { // grays, where the eye is sharpest
            Arrays.fill(rgb, 3 * value, 3 * value + 3, (byte) (value * 255 / 99));
        }
        var reference = new ICC_ColorSpace(ICC_Profile.getInstance(profile));

        var converted = SrgbConversion.from(profile).orElseThrow().convert(new Picture(300, 1, rgb));

        for (int x = 0; x < 300; x++) {
            var expected = reference.toRGB(new float[] {
                (rgb[3 * x] & 0xFF) / 255f, (rgb[3 * x + 1] & 0xFF) / 255f, (rgb[3 * x + 2] & 0xFF) / 255f
            });
            var off = within(min(expected) < 0.03 ? 2 : 1);
            var what = "pixel %d, seed %d".formatted(x, SEED);
            assertThat(converted.red(x, 0)).as(what).isCloseTo(Math.round(expected[0] * 255), off);
            assertThat(converted.green(x, 0)).as(what).isCloseTo(Math.round(expected[1] * 255), off);
            assertThat(converted.blue(x, 0)).as(what).isCloseTo(Math.round(expected[2] * 255), off);
        }
    }

    private static float min(float[] rgb) {
        return Math.min(rgb[0], Math.min(rgb[1], rgb[2]));
    }

    @Test
    void aPictureInSrgbIsLeftAsItIs() {
        assertThat(SrgbConversion.from(IccFile.srgb())).isEmpty();
        assertThat(SrgbConversion.from(
                        ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {ColorSpace.CS_GRAY, ColorSpace.CS_PYCC, ColorSpace.CS_CIEXYZ})
    void profilesOfOtherKindsAreIgnored(int space) {
        assertThat(SrgbConversion.from(ICC_Profile.getInstance(space).getData()))
                .isEmpty();
    }

    @Test
    void damagedProfilesAreIgnored() {
        var profile = IccFile.displayP3();
        for (int length = 0; length < profile.length; length++) {
            assertThat(SrgbConversion.from(Arrays.copyOf(profile, length)))
                    .as("%d bytes", length)
                    .isEmpty();
        }
        assertThat(SrgbConversion.from(IccFile.p3WithCurve(0, 40)))
                .as("nearly all is black, and white is white")
                .isPresent();
        assertThat(SrgbConversion.from(IccFile.p3WithCurve(0, -1)))
                .as("darks lighter than lights")
                .isEmpty();
        assertThat(SrgbConversion.from(IccFile.p3WithCurve(3, 2.4, 0.3, 0, 0.01, 0.04)))
                .as("white is dark")
                .isEmpty();
    }

    @Seeded
    @ParameterizedTest
    @MethodSource("profiles")
    void answersForAnyProfile(byte[] whole, Seed seed) {
        var random = seed.random();
        var picture = new Picture(2, 1, new byte[] {0, (byte) 128, (byte) 255, 1, 2, 3});
        for (int round = 0; round < ROUNDS; round++) {
            var damaged = whole.clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            SrgbConversion.from(damaged)
                    .ifPresent(conversion ->
                            assertThat(conversion.convert(picture).width()).isEqualTo(2));
        }
    }
}
