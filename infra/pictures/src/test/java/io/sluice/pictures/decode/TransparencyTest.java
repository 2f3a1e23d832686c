package io.sluice.pictures.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.resize.Framing;
import io.sluice.pictures.resize.Framing.Fit;
import io.sluice.pictures.resize.Framing.Transparency;
import io.sluice.pictures.resize.ReferencePixels;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A transparent picture is what people see on a white page, however its file says that it is transparent. */
class TransparencyTest {
    private static final int WIDTH = 29;
    private static final int HEIGHT = 23;

    private final ReferencePixels noise = ReferencePixels.noise(WIDTH, HEIGHT, 11);
    private final ImageDecoder decoder = new ImageDecoder(new ImageInspector(ImageInspector.Limits.ofDefaults()));

    @Test
    void laysAnyKindOfAlphaOnWhite() {
        var palette = noise.image(indexed());
        var gray = noise.gray();
        shows(ImageFiles.written(noise.translucent(), "png"), noise.translucentOnWhite(), "PNG");
        shows(ImageFiles.written(noise.translucent(), "png", true), noise.translucentOnWhite(), "interlaced PNG");
        shows(ImageFiles.written(deep(), "png"), noise.translucentOnWhite(), "PNG of 16 bits");
        shows(ImageFiles.losslessWebp(noise.translucent()), noise.translucentOnWhite(), "WebP");
        shows(ImageFiles.written(palette, "png"), ReferencePixels.of(palette), "PNG with a palette");
        shows(ImageFiles.written(grayAlpha(gray), "png"), gray.translucentOnWhite(), "gray PNG with alpha");
        shows(ImageFiles.written(palette, "gif"), ReferencePixels.of(opaqueOrNot(palette)), "GIF");
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 1", "2, 2", "4, 9", "8, 200"})
    void oneGrayMayBeTransparent(int bits, int transparent) throws Exception {
        var shown = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        var rows = new ByteArrayOutputStream();
        try (var data = new DeflaterOutputStream(rows)) {
            for (int y = 0; y < HEIGHT; y++) {
                var row = new byte[1 + (WIDTH * bits + 7) / 8];
                for (int x = 0; x < WIDTH; x++) {
                    var value = noise.at(x, y, 0) >> (8 - bits);
                    var bit = x * bits;
                    row[1 + bit / 8] |= (byte) (value << (8 - bits - bit % 8));
                    var gray = value == transparent ? 255 : value * 255 / ((1 << bits) - 1);
                    shown.setRGB(x, y, gray << 16 | gray << 8 | gray);
                }
                data.write(row);
            }
        }
        var header = new byte[] {0, 0, 0, WIDTH, 0, 0, 0, HEIGHT, (byte) bits, 0, 0, 0, 0};
        var png = FileSurgery.joined(
                FileSurgery.bytes("\u0089PNG\r\n\u001a\n"),
                FileSurgery.pngChunk("IHDR", header),
                FileSurgery.pngChunk("tRNS", new byte[] {0, (byte) transparent}),
                FileSurgery.pngChunk("IDAT", rows.toByteArray()),
                FileSurgery.pngChunk("IEND", new byte[0]));

        shows(png, ReferencePixels.of(shown), bits + " bits");
    }

    @Test
    void oneColorMayBeTransparent() {
        var image = noise.image();
        var color = image.getRGB(3, 4);
        var expected = noise.image();
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            if (image.getRGB(i % WIDTH, i / WIDTH) == color) {
                expected.setRGB(i % WIDTH, i / WIDTH, 0xFFFFFF);
            }
        }
        var transparent = new byte[] {0, (byte) (color >> 16), 0, (byte) (color >> 8), 0, (byte) color};
        shows(
                FileSurgery.withChunk(ImageFiles.written(image, "png"), "tRNS", transparent),
                ReferencePixels.of(expected),
                "RGB");
    }

    @Test
    void whatAGifFrameLeavesOfItsScreenIsWhite() {
        var gif = ImageFiles.written(noise.image(indexed(0)), "gif");
        var wider = FileSurgery.withByte(gif, 6, WIDTH + 10);
        var expected = new BufferedImage(WIDTH + 10, HEIGHT, BufferedImage.TYPE_INT_RGB);
        expected.createGraphics().fillRect(0, 0, WIDTH + 10, HEIGHT);
        expected.createGraphics().drawImage(noise.image(indexed(0)), 0, 0, null);

        shows(wider, ReferencePixels.of(expected), "GIF");
    }

    @Test
    void aModelMayAskForTheColorsBelowAlpha() {
        for (var file :
                List.of(ImageFiles.written(noise.translucent(), "png"), ImageFiles.losslessWebp(noise.translucent()))) {
            shows(file, noise, Transparency.DROPPED, "dropped");
        }
    }

    private void shows(byte[] file, ReferencePixels expected, String what) {
        shows(file, expected, Transparency.ON_WHITE, what);
    }

    private void shows(byte[] file, ReferencePixels expected, Transparency transparency, String what) {
        var picture = decoder.decode(file, new Framing(16, Fit.STRETCH, transparency));
        assertThat(DecodedPixelsTest.distance(picture, expected.framed(16, Fit.STRETCH)))
                .as(what)
                .isLessThanOrEqualTo(0.01);
    }

    private BufferedImage deep() {
        var model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB),
                true,
                false,
                BufferedImage.TRANSLUCENT,
                DataBuffer.TYPE_USHORT);
        var raster = model.createCompatibleWritableRaster(WIDTH, HEIGHT);
        var pixels = noise.translucent();
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            var color = pixels.getRGB(i % WIDTH, i / WIDTH);
            for (int c = 0; c < 4; c++) {
                var value = c == 3 ? color >>> 24 : color >> (16 - 8 * c) & 0xFF;
                raster.setSample(i % WIDTH, i / WIDTH, c, value << 8 | i % 256);
            }
        }
        return new BufferedImage(model, raster, false, null);
    }

    private static BufferedImage grayAlpha(ReferencePixels gray) {
        var model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY),
                true,
                false,
                BufferedImage.TRANSLUCENT,
                DataBuffer.TYPE_BYTE);
        var raster = model.createCompatibleWritableRaster(WIDTH, HEIGHT);
        var pixels = gray.translucent();
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            var color = pixels.getRGB(i % WIDTH, i / WIDTH);
            raster.setSample(i % WIDTH, i / WIDTH, 0, color & 0xFF);
            raster.setSample(i % WIDTH, i / WIDTH, 1, color >>> 24);
        }
        return new BufferedImage(model, raster, false, null);
    }

    /** Half of the colors are more or less transparent. */
    private static BufferedImage indexed() {
        return indexed(1);
    }

    private static BufferedImage indexed(int transparent) {
        var colors = new int[256];
        for (int i = 0; i < colors.length; i++) {
            var alpha = transparent > 0 && i < 128 ? i * 2 : 255;
            colors[i] = alpha << 24 | (i * 7919 & 0xFFFFFF);
        }
        colors[255] = -1; // white
        var model = new IndexColorModel(8, colors.length, colors, 0, transparent > 0, -1, DataBuffer.TYPE_BYTE);
        return new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_INDEXED, model);
    }

    /** A GIF has one transparent color, which the JDK takes from the palette's clear one. */
    private static BufferedImage opaqueOrNot(BufferedImage image) {
        return ImageFiles.read(ImageFiles.written(image, "gif"));
    }
}
