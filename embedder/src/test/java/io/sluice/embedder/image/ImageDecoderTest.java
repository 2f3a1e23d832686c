package io.sluice.embedder.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.embedder.image.Framing.Fit;
import io.sluice.images.ImageInspector;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
    private static final Framing FRAMING = new Framing(64, Fit.STRETCH);

    private final ImageDecoder decoder = new ImageDecoder(new ImageInspector(ImageInspector.Limits.ofDefaults()));

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "gif"})
    void decodesToUprightRgb(String format) throws Exception {
        showsRedGreenBlueWhite(decoder.decode(written(quarters(200, 200), format), FRAMING));
    }

    @Test
    void decodesWebp() throws Exception {
        showsRedGreenBlueWhite(decoder.decode(webp(written(quarters(200, 200), "png")), FRAMING));
    }

    @Test
    void decodesGray() throws Exception {
        var gray = new BufferedImage(50, 50, BufferedImage.TYPE_BYTE_GRAY);
        var pen = gray.createGraphics();
        pen.setColor(new Color(128, 128, 128));
        pen.fillRect(0, 0, 50, 50);
        pen.dispose();

        var picture = decoder.decode(written(gray, "png"), FRAMING);

        assertThat(picture.red(5, 5)).isEqualTo(picture.green(5, 5)).isBetween(125, 131);
    }

    @Test
    void turnsAPictureUprightAsItsExifDataSays() throws Exception {
        var upright = written(quarters(200, 120), "jpeg");
        for (int orientation = 1; orientation <= 8; orientation++) {
            var picture = decoder.decode(withOrientation(upright, orientation), FRAMING);
            // T. Exif: the corner of the stored picture that is shown at the top left
            var topLeft = switch (orientation) {
                case 1, 5 -> Color.RED;
                case 2, 6 -> orientation == 2 ? Color.GREEN : Color.BLUE;
                case 3, 7 -> Color.WHITE;
                default -> orientation == 4 ? Color.BLUE : Color.GREEN;
            };
            shows(picture, 10, 10, topLeft);
        }
    }

    @Test
    void turnsAReducedPictureUprightToo() throws Exception {
        var picture = decoder.decode(withOrientation(written(quarters(2400, 1600), "jpeg"), 3), FRAMING);
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
        var jpeg = written(large, "jpeg");
        // a PNG is never reduced; this one holds the pixels of the JPEG
        var same = written(ImageIO.read(new ByteArrayInputStream(jpeg)), "png");

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
    void dropsAlphaAndKeepsTheColorsBelow() throws Exception {
        var image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < 40; y++) {
            for (int x = 0; x < 40; x++) {
                image.setRGB(x, y, x < 20 ? 0x00FF0000 : 0x800000FF);
            }
        }
        var picture = decoder.decode(written(image, "png"), FRAMING);
        shows(picture, 10, 30, Color.RED);
        shows(picture, 50, 30, Color.BLUE);
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
    void refusesWhatTheInspectorRefuses() throws Exception {
        var jpeg = written(quarters(100, 100), "jpeg");
        refused(Arrays.copyOf(jpeg, jpeg.length / 2), "IMAGE_TRUNCATED");
        refused("not a picture".getBytes(StandardCharsets.UTF_8), "IMAGE_FORMAT_UNSUPPORTED");
        refused(png(30_000, 30_000, new byte[10]), "IMAGE_TOO_MANY_PIXELS");
    }

    @Test
    void refusesAWholeContainerWhosePixelsDoNotDecode() {
        refused(png(100, 100, "this is no zlib stream".getBytes(StandardCharsets.US_ASCII)), "IMAGE_UNDECODABLE");
    }

    @Test
    void openCvRefusesTooManyPixelsByItself() throws Exception {
        var openCv = OpenCv.load();
        var width = 30_000;
        var height = 2_001;

        assertThatThrownBy(() -> openCv.decode(png(width, height, blank(width, height)), 1))
                .isInstanceOf(ImageRefusedException.class);
        try (var pixels = openCv.decode(png(width, 100, blank(width, 100)), 1)) {
            assertThat(pixels.width()).isEqualTo(width);
        }
    }

    private void refused(byte[] file, String code) {
        assertThatThrownBy(() -> decoder.decode(file, FRAMING))
                .isInstanceOfSatisfying(
                        ImageRefusedException.class, e -> assertThat(e.code()).isEqualTo(code));
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

    private static byte[] written(BufferedImage image, String format) throws Exception {
        var out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }

    private static byte[] webp(byte[] png) {
        try (var file = new BytePointer(png);
                var bytes = new Mat(1, png.length, opencv_core.CV_8UC1, file);
                var pixels = opencv_imgcodecs.imdecode(bytes, opencv_imgcodecs.IMREAD_COLOR);
                var out = new BytePointer()) {
            assertThat(opencv_imgcodecs.imencode(".webp", pixels, out)).isTrue();
            var webp = new byte[(int) out.limit()];
            out.get(webp);
            return webp;
        }
    }

    /** Puts an Exif segment that holds nothing but the orientation behind the start of a JPEG. */
    private static byte[] withOrientation(byte[] jpeg, int orientation) {
        var exif = ByteBuffer.allocate(36);
        exif.putShort((short) 0xFFE1).putShort((short) 34).put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        exif.put("MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) 1);
        exif.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        exif.putInt(0);
        var out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.writeBytes(exif.array());
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    private static byte[] blank(int width, int height) throws Exception {
        var out = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(out, new Deflater(Deflater.BEST_SPEED))) {
            deflater.write(new byte[(width / 8 + 1) * height]);
        }
        return out.toByteArray();
    }

    /** Black and white, one bit a pixel. */
    private static byte[] png(int width, int height, byte[] data) {
        var out = new ByteArrayOutputStream();
        out.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
        var header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) 1)
                .array();
        chunk(out, "IHDR", header);
        chunk(out, "IDAT", data);
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        var crc = new CRC32();
        crc.update(type.getBytes(StandardCharsets.US_ASCII));
        crc.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(type.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
