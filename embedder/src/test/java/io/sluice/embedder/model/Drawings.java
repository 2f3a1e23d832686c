package io.sluice.embedder.model;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;

/** Draws pictures like those of a catalog: one or two objects on a plain or shaded background. */
final class Drawings {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 256;

    private Drawings() {}

    static BufferedImage draw(long seed) {
        var random = new Random(seed);
        var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        ground(pen, random);
        var things = 1 + random.nextInt(3);
        for (int i = 0; i < things; i++) {
            thing(pen, random);
        }
        pen.dispose();
        return image;
    }

    /** Half of all backgrounds are nearly white, as in a shop. */
    private static void ground(Graphics2D pen, Random random) {
        var light = 235 + random.nextInt(20);
        pen.setColor(random.nextBoolean() ? new Color(light, light, light) : color(random));
        pen.fillRect(0, 0, WIDTH, HEIGHT);
    }

    private static void thing(Graphics2D pen, Random random) {
        var x = 32 + random.nextInt(128);
        var y = 24 + random.nextInt(96);
        var width = 48 + random.nextInt(112);
        var height = 40 + random.nextInt(96);
        pen.setColor(color(random));
        pen.setStroke(new BasicStroke(3f + random.nextInt(11)));
        switch (random.nextInt(5)) {
            case 0 -> pen.fill(new Ellipse2D.Double(x, y, width, height));
            case 1 -> pen.fillRoundRect(x, y, width, height, 30, 30);
            case 2 -> pen.drawOval(x, y, width, height);
            case 3 ->
                pen.fill(new Polygon(
                        new int[] {x, x + width, x + random.nextInt(width)},
                        new int[] {y + height, y + height - random.nextInt(30), y},
                        3));
            default -> {
                pen.drawLine(x, y, x + width, y + height);
                pen.drawLine(x + width, y, x, y + height / 2);
            }
        }
    }

    private static Color color(Random random) {
        return Color.getHSBColor(
                random.nextFloat(), 0.2f + 0.8f * random.nextFloat(), 0.2f + 0.8f * random.nextFloat());
    }

    static BufferedImage halfSize(BufferedImage image) {
        var half = new BufferedImage(image.getWidth() / 2, image.getHeight() / 2, BufferedImage.TYPE_INT_RGB);
        var pen = half.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.drawImage(image, 0, 0, half.getWidth(), half.getHeight(), null);
        pen.dispose();
        return half;
    }

    /**
     * Cuts off this part of the width and of the height, more from the left and the top than from the right and the
     * bottom.
     */
    static BufferedImage cropped(BufferedImage image, double part) {
        var x = (int) (image.getWidth() * part * 0.7);
        var y = (int) (image.getHeight() * part * 0.7);
        var width = (int) (image.getWidth() * (1 - part));
        var height = (int) (image.getHeight() * (1 - part));
        var copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var pen = copy.createGraphics();
        pen.drawImage(image, -x, -y, null);
        pen.dispose();
        return copy;
    }

    static byte[] png(BufferedImage image) {
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] jpeg(BufferedImage image, float quality) {
        var out = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            var options = writer.getDefaultWriteParam();
            options.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            options.setCompressionQuality(quality);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }
}
