package io.sluice.local.demo;

import io.sluice.client.http.FileInMemory;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;

/** Draws the catalog's pictures, the same every time. */
final class SamplePictures {
    private static final int SIZE = 640;
    private static final float QUALITY = 0.9f;
    private static final float COPY_QUALITY = 0.7f;

    private SamplePictures() {}

    /** {@return a JPEG of a product; the seed sets the background, the angle and the place} */
    static FileInMemory draw(SampleKind kind, SampleColor color, long seed) {
        var random = new Random(seed);
        var image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        var canvas = image.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        background(canvas, random);
        canvas.transform(placement(random));
        canvas.setPaint(
                new GradientPaint(0, 0, color.color(), 100, 100, color.color().darker()));
        canvas.fill(SampleOutlines.of(kind));
        canvas.dispose();
        return new FileInMemory(fileName(kind, color), "image/jpeg", jpeg(image, QUALITY));
    }

    /** {@return a copy of the picture, with half the size and stronger compression} */
    static FileInMemory halved(FileInMemory picture) {
        try {
            var whole = ImageIO.read(new ByteArrayInputStream(picture.bytes()));
            var half = new BufferedImage(whole.getWidth() / 2, whole.getHeight() / 2, BufferedImage.TYPE_INT_RGB);
            var canvas = half.createGraphics();
            canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            canvas.drawImage(whole, 0, 0, half.getWidth(), half.getHeight(), null);
            canvas.dispose();
            return new FileInMemory("half-" + picture.fileName(), "image/jpeg", jpeg(half, COPY_QUALITY));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void background(Graphics2D canvas, Random random) {
        var light = Color.getHSBColor(random.nextFloat(), 0.08f + 0.15f * random.nextFloat(), 0.97f);
        var dim = Color.getHSBColor(random.nextFloat(), 0.15f + 0.2f * random.nextFloat(), 0.75f);
        canvas.setPaint(new GradientPaint(0, 0, light, random.nextInt(SIZE), SIZE, dim));
        canvas.fillRect(0, 0, SIZE, SIZE);
    }

    private static AffineTransform placement(Random random) {
        var scale = SIZE / 100.0 * (0.75 + 0.2 * random.nextDouble());
        var room = SIZE - 100 * scale;
        var place = AffineTransform.getTranslateInstance(room * random.nextDouble(), room * random.nextDouble());
        place.scale(scale, scale);
        place.rotate(Math.toRadians(random.nextInt(25) - 12), 50, 50);
        return place;
    }

    private static byte[] jpeg(BufferedImage image, float quality) {
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            var settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static String fileName(SampleKind kind, SampleColor color) {
        return color.word() + "-" + kind.words().replace(' ', '-') + ".jpg";
    }
}
