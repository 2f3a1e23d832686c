package io.sluice.pictures.decode;

import static java.awt.Transparency.OPAQUE;
import static java.awt.image.BufferedImage.TYPE_BYTE_BINARY;
import static java.awt.image.BufferedImage.TYPE_BYTE_GRAY;
import static java.awt.image.BufferedImage.TYPE_BYTE_INDEXED;
import static java.awt.image.BufferedImage.TYPE_USHORT_GRAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.resize.Framing;
import io.sluice.pictures.resize.Framing.Fit;
import io.sluice.pictures.resize.ReferencePixels;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a model gets to see of a file is what the reference makes of the same pixels, whatever the file's coding. */
class DecodedPixelsTest {
    private static final long SEED = 3;
    private static final int WIDTH = 103;
    private static final int HEIGHT = 71;
    /** A rounding here and there. */
    private static final double EXACT = 0.01;
    /** Two decoders that follow one standard may differ in the last bit. */
    private static final double SAME_STANDARD = 0.3;
    /** A file of this quality is not the picture it was made of. */
    private static final double LOSSY = 3;

    private final ImageDecoder decoder = new ImageDecoder(new ImageInspector(ImageInspector.Limits.ofDefaults()));

    static Stream<Arguments> files() {
        var noise = ReferencePixels.noise(WIDTH, HEIGHT, SEED);
        var other = ReferencePixels.noise(WIDTH, HEIGHT, SEED + 1);
        var frames = List.of(noise.image(), other.image());
        var gray = noise.gray();
        var palette = noise.image(indexed());
        var files = new ArrayList<>(List.of(
                file("PNG", ImageFiles.written(noise.image(), "png"), noise, EXACT),
                file("interlaced PNG", ImageFiles.written(noise.image(), "png", true), noise, EXACT),
                file(
                        "PNG with alpha",
                        ImageFiles.written(noise.translucent(), "png"),
                        noise.translucentOnWhite(),
                        EXACT),
                file("PNG with a palette", ImageFiles.written(palette, "png"), ReferencePixels.of(palette), EXACT),
                file("PNG of 16 bits", ImageFiles.written(sixteenBits(noise), "png"), noise, EXACT),
                file("gray PNG", ImageFiles.written(gray.grayImage(TYPE_BYTE_GRAY, 1), "png"), gray, EXACT),
                file(
                        "gray PNG of 16 bits",
                        ImageFiles.written(gray.grayImage(TYPE_USHORT_GRAY, 257), "png"),
                        gray,
                        EXACT),
                file("animated PNG", ImageFiles.animated("png", frames), noise, EXACT),
                file("WebP without loss", ImageFiles.losslessWebp(noise.image()), noise, EXACT),
                file(
                        "WebP with alpha",
                        ImageFiles.losslessWebp(noise.translucent()),
                        noise.translucentOnWhite(),
                        EXACT),
                file("animated WebP", ImageFiles.animated("webp", frames), noise, EXACT)));
        files.addAll(lossy(noise));
        files.addAll(ofFewColors(noise, other));
        return files.stream();
    }

    private static List<Arguments> lossy(ReferencePixels noise) {
        var baseline = ImageFiles.written(noise.image(), "jpeg");
        var progressive = ImageFiles.written(noise.image(), "jpeg", true);
        var gray = ImageFiles.written(noise.gray().grayImage(TYPE_BYTE_GRAY, 1), "jpeg");
        var smooth = ReferencePixels.gradient(WIDTH, HEIGHT);
        var files = new ArrayList<>(List.of(
                file("JPEG", baseline, ReferencePixels.of(ImageFiles.read(baseline)), SAME_STANDARD),
                file("progressive JPEG", progressive, ReferencePixels.of(ImageFiles.read(progressive)), SAME_STANDARD),
                file("gray JPEG", gray, ReferencePixels.ofGray(ImageFiles.read(gray)), SAME_STANDARD),
                file("WebP", ImageFiles.webp(smooth.image(), 90), smooth, LOSSY)));
        for (int orientation = 1; orientation <= 8; orientation++) {
            files.add(file(
                    "JPEG of orientation " + orientation,
                    ImageFiles.withOrientation(baseline, orientation),
                    ReferencePixels.of(ImageFiles.read(baseline)).upright(orientation),
                    SAME_STANDARD));
        }
        return files;
    }

    private static List<Arguments> ofFewColors(ReferencePixels noise, ReferencePixels other) {
        var first = noise.image(indexed());
        var black = noise.image(new BufferedImage(WIDTH, HEIGHT, TYPE_BYTE_BINARY));
        return List.of(
                file("GIF", ImageFiles.written(first, "gif"), ReferencePixels.of(first), EXACT),
                file(
                        "animated GIF",
                        ImageFiles.animatedGif(List.of(first, other.image(indexed()))),
                        ReferencePixels.of(first),
                        EXACT),
                file("PNG of one bit", ImageFiles.written(black, "png"), ReferencePixels.of(black), EXACT));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void equalsTheReferenceWhateverTheCoding(String what, byte[] file, ReferencePixels pixels, double tolerance) {
        for (var framing : List.of(new Framing(56, Fit.CENTER_CROP), new Framing(32, Fit.STRETCH))) {
            assertThat(distance(decoder.decode(file, framing), pixels.framed(framing.side(), framing.fit())))
                    .as("%s, %s", what, framing)
                    .isLessThanOrEqualTo(tolerance);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "20000, 1", "3, 4000", "224, 224", "225, 224", "100, 60"})
    void equalsTheReferenceWhateverTheSize(int width, int height) {
        var pixels = ReferencePixels.noise(width, height, SEED);
        var file = ImageFiles.written(pixels.image(), "png");

        var picture = decoder.decode(file, new Framing(224, Fit.CENTER_CROP));

        assertThat(distance(picture, pixels.framed(224, Fit.CENTER_CROP))).isLessThanOrEqualTo(EXACT);
    }

    @ParameterizedTest
    @CsvSource({"0, 255, 255, 0", "255, 0, 0, 0", "0, 0, 0, 255", "40, 80, 120, 60", "200, 30, 90, 128"})
    void showsInksOnWhitePaper(int cyan, int magenta, int yellow, int black) {
        var picture = decoder.decode(CmykJpeg.of(cyan, magenta, yellow, black), new Framing(16, Fit.STRETCH));

        assertThat(picture.red(8, 8)).isCloseTo(light(cyan, black), within(3));
        assertThat(picture.green(8, 8)).isCloseTo(light(magenta, black), within(3));
        assertThat(picture.blue(8, 8)).isCloseTo(light(yellow, black), within(3));
    }

    private static int light(int ink, int black) {
        return (255 - ink) * (255 - black) / 255;
    }

    /** Mean of the absolute differences, of 255. */
    static double distance(Picture picture, int[] expected) {
        var sum = 0L;
        for (int i = 0, at = 0; at < expected.length; i++, at += 3) {
            var x = i % picture.width();
            var y = i / picture.width();
            sum += Math.abs(picture.red(x, y) - expected[at])
                    + Math.abs(picture.green(x, y) - expected[at + 1])
                    + Math.abs(picture.blue(x, y) - expected[at + 2]);
        }
        return (double) sum / expected.length;
    }

    private static Arguments file(String what, byte[] file, ReferencePixels pixels, double tolerance) {
        return Arguments.of(what, file, pixels, tolerance);
    }

    private static BufferedImage indexed() {
        var colors = new int[256];
        var random = new Random(SEED);
        for (int i = 0; i < colors.length; i++) {
            colors[i] = 0xFF000000 | random.nextInt(0x1000000);
        }
        var model = new IndexColorModel(8, colors.length, colors, 0, false, -1, DataBuffer.TYPE_BYTE);
        return new BufferedImage(WIDTH, HEIGHT, TYPE_BYTE_INDEXED, model);
    }

    /** The lower eight bits say nothing. */
    private static BufferedImage sixteenBits(ReferencePixels pixels) {
        var model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, OPAQUE, DataBuffer.TYPE_USHORT);
        var raster = model.createCompatibleWritableRaster(pixels.width(), pixels.height());
        for (int y = 0; y < pixels.height(); y++) {
            for (int x = 0; x < pixels.width(); x++) {
                for (int c = 0; c < 3; c++) {
                    raster.setSample(x, y, c, pixels.at(x, y, c) << 8 | (x * 31 + y) % 256);
                }
            }
        }
        return new BufferedImage(model, raster, false, null);
    }
}
