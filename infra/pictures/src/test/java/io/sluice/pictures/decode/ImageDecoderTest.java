package io.sluice.pictures.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.container.Inspection;
import io.sluice.pictures.container.Still;
import io.sluice.pictures.resize.Framing;
import io.sluice.pictures.resize.Framing.Fit;
import io.sluice.pictures.resize.Framing.Transparency;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
    private static final Framing FRAMING = new Framing(64, Fit.STRETCH);

    private final ImageDecoder decoder = new ImageDecoder(new ImageInspector(ImageInspector.Limits.ofDefaults()));

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "gif"})
    void decodesToUprightRgb(String format) {
        showsRedGreenBlueWhite(decoder.decode(ImageFiles.written(quarters(200, 200), format), FRAMING));
    }

    @Test
    void turnsAReducedPictureUprightToo() throws Exception {
        var picture = decoder.decode(
                ImageFiles.withOrientation(ImageFiles.written(quarters(2400, 1600), "jpeg"), 3), FRAMING);
        shows(picture, 10, 10, Color.WHITE);
        shows(picture, 54, 54, Color.RED);
    }

    @Test
    void aReducedDecodeIsNearAFullOne() throws Exception {
        var large = new BufferedImage(1600, 1200, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 1200; y++) {
            for (int x = 0; x < 1600; x++) {
                large.setRGB(x, y, new Color(x * 255 / 1600, y * 255 / 1200, (x / 40 + y / 40) % 2 * 200).getRGB());
            }
        }
        var jpeg = ImageFiles.written(large, "jpeg");
        // a PNG is never reduced; this one holds the pixels of the JPEG
        var same = ImageFiles.written(ImageFiles.read(jpeg), "png");

        var reduced = decoder.decode(jpeg, FRAMING);
        var full = decoder.decode(same, FRAMING);

        var distance = 0.0;
        for (int y = 0; y < 64; y++) {
            for (int x = 0; x < 64; x++) {
                distance += Math.abs(reduced.red(x, y) - full.red(x, y))
                        + Math.abs(reduced.green(x, y) - full.green(x, y))
                        + Math.abs(reduced.blue(x, y) - full.blue(x, y));
            }
        }
        assertThat(distance / (64 * 64 * 3)).isLessThan(1.0);
    }

    @Test
    void readsCmykInTheRightColors() {
        // 8 x 8 pixels of Adobe CMYK, all of one color: no cyan, no black, full magenta and yellow are red
        var picture = decoder.decode(CmykJpeg.of(0, 255, 255, 0), FRAMING);
        assertThat(picture.red(30, 30)).isGreaterThan(200);
        assertThat(picture.green(30, 30)).isLessThan(60);
        assertThat(picture.blue(30, 30)).isLessThan(60);
    }

    @Test
    void whoeverWaitsForMemoryCanBeInterruptedAndGetsItWhenItIsGivenBack() throws Exception {
        var all = ImageFiles.blankGif(7_000, 7_000);
        var first = decoder.prepare(all, FRAMING);
        var interrupted = waiting(all);
        interrupted.thread().interrupt();
        assertThatThrownBy(() -> interrupted.decoding().join()).hasCauseInstanceOf(RejectedExecutionException.class);

        var second = waiting(all);
        first.close();
        first.close(); // gives nothing back twice
        try (var _ = second.decoding().join()) {
            var third = waiting(all);
            third.thread().interrupt();
            assertThatThrownBy(() -> third.decoding().join()).hasCauseInstanceOf(RejectedExecutionException.class);
        }
    }

    @Test
    void aLargeImageGetsItsTurnAlthoughSmallOnesKeepComing() {
        var all = ImageFiles.blankGif(7_000, 7_000);
        var small = ImageFiles.blankGif(10, 10);
        var first = decoder.prepare(small, FRAMING);
        var large = waiting(all);

        var behind = waiting(small); // there is memory for it, but not its turn
        first.close();
        large.decoding().join().close();

        behind.decoding().join().close();
    }

    private record Waiting(Thread thread, CompletableFuture<ImageDecoder.Decoding> decoding) {}

    private Waiting waiting(byte[] file) {
        var decoding = new CompletableFuture<ImageDecoder.Decoding>();
        var thread = Thread.ofVirtual().start(() -> {
            try {
                decoding.complete(decoder.prepare(file, FRAMING));
            } catch (RuntimeException e) {
                decoding.completeExceptionally(e);
            }
        });
        await().until(() -> thread.getState() == Thread.State.WAITING);
        return new Waiting(thread, decoding);
    }

    @Test
    void refusesWhatTheInspectorRefuses() throws Exception {
        var jpeg = ImageFiles.written(quarters(100, 100), "jpeg");
        refused(Arrays.copyOf(jpeg, jpeg.length / 2), "IMAGE_TRUNCATED");
        refused("not a picture".getBytes(StandardCharsets.UTF_8), "IMAGE_FORMAT_UNSUPPORTED");
        refused(ImageFiles.png(30_000, 30_000, new byte[10]), "IMAGE_TOO_MANY_PIXELS");
    }

    @Test
    void refusesAWholeContainerWhosePixelsDoNotDecode() {
        refused(
                ImageFiles.png(100, 100, "this is no zlib stream".getBytes(StandardCharsets.US_ASCII)),
                "IMAGE_UNDECODABLE");
    }

    @Test
    void openCvRefusesTooManyPixelsByItself() throws Exception {
        var openCv = OpenCv.load();
        var width = 30_000;
        var height = 2_001;

        assertThatThrownBy(() -> openCv.decode(still(width, height), 1, Transparency.ON_WHITE))
                .isInstanceOf(ImageRefusedException.class);
        try (var pixels = openCv.decode(still(width, 100), 1, Transparency.ON_WHITE)) {
            assertThat(pixels.width()).isEqualTo(width);
        }
    }

    private static Still still(int width, int height) throws Exception {
        var generous = new ImageInspector(new ImageInspector.Limits(15_000_000, 100_000_000, 30_000));
        var png = ImageFiles.png(width, height, blank(width, height));
        return ((Inspection.Accepted) generous.inspect(png)).still();
    }

    private void refused(byte[] file, String code) {
        assertThatThrownBy(() -> decoder.decode(file, FRAMING))
                .isInstanceOfSatisfying(
                        ImageRefusedException.class,
                        e -> assertThat(e.code().name()).isEqualTo(code));
    }

    private static void showsRedGreenBlueWhite(Picture picture) {
        assertThat(picture.width()).isEqualTo(64);
        assertThat(picture.height()).isEqualTo(64);
        shows(picture, 10, 10, Color.RED);
        shows(picture, 54, 10, Color.GREEN);
        shows(picture, 10, 54, Color.BLUE);
        shows(picture, 54, 54, Color.WHITE);
    }

    private static void shows(Picture picture, int x, int y, Color color) {
        var shown = new int[] {picture.red(x, y), picture.green(x, y), picture.blue(x, y)};
        var expected = new int[] {color.getRed(), color.getGreen(), color.getBlue()};
        for (int c = 0; c < 3; c++) {
            assertThat(shown[c])
                    .as("%s at %d, %d", Arrays.toString(shown), x, y)
                    .isBetween(expected[c] - 8, expected[c] + 8);
        }
    }

    /** Red and green above blue and white. */
    private static BufferedImage quarters(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        var colors = new Color[] {Color.RED, Color.GREEN, Color.BLUE, Color.WHITE};
        for (int i = 0; i < 4; i++) {
            pen.setColor(colors[i]);
            pen.fillRect(i % 2 * width / 2, i / 2 * height / 2, width / 2, height / 2);
        }
        pen.dispose();
        return image;
    }

    private static byte[] blank(int width, int height) throws Exception {
        var out = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(out, new Deflater(Deflater.BEST_SPEED))) {
            deflater.write(new byte[(width / 8 + 1) * height]);
        }
        return out.toByteArray();
    }
}
