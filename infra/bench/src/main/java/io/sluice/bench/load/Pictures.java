package io.sluice.bench.load;

import io.sluice.client.http.FileInMemory;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Draws meaningless pictures. The same number always makes the same picture, and no two numbers make the same one. */
public final class Pictures {
    /** A noise PNG of this many pixels a side has about 200 KB. */
    private static final int NOISE_SIDE = 256;

    private static final int SHAPES = 60;
    private static final int GRAIN_BITS = 3;

    private Pictures() {}

    /** {@return a PNG of about 200 KB} */
    public static FileInMemory noise(long number) {
        var random = new Random(number);
        var image = new BufferedImage(NOISE_SIDE, NOISE_SIDE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < NOISE_SIDE; y++) {
            for (int x = 0; x < NOISE_SIDE; x++) {
                image.setRGB(x, y, random.nextInt(0x1000000));
            }
        }
        return new FileInMemory("noise-" + number + ".png", "image/png", encoded(image, "png"));
    }

    /** {@return a JPEG of shapes on a gradient, which costs as much to decode as a photo of that size} */
    public static byte[] jpeg(long number, int width, int height) {
        return jpeg(number, width, height, GRAIN_BITS);
    }

    /** {@return such a JPEG with this many random bits in each color; they decide how many bytes it has} */
    public static byte[] jpeg(long number, int width, int height, int grainBits) {
        return encoded(grainy(drawn(number, width, height), new Random(number), grainBits), "jpg");
    }

    /** {@return a PNG of shapes on a gradient without grain, similar to a screenshot} */
    public static byte[] png(long number, int width, int height) {
        return encoded(drawn(number, width, height), "png");
    }

    private static BufferedImage drawn(long number, int width, int height) {
        var random = new Random(number);
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        try {
            graphics.setPaint(new GradientPaint(0, 0, color(random), width, height, color(random)));
            graphics.fillRect(0, 0, width, height);
            for (int i = 0; i < SHAPES; i++) {
                graphics.setColor(color(random));
                var side = 8 + random.nextInt(width / 4);
                graphics.fillOval(random.nextInt(width), random.nextInt(height), side, side);
            }
        } finally {
            graphics.dispose();
        }
        return image;
    }

    /** Adds grain, which makes up most of the bytes of a photo. */
    private static BufferedImage grainy(BufferedImage image, Random random, int bits) {
        var mask = ((1 << bits) - 1) * 0x010101;
        var row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int x = 0; x < row.length; x++) {
                row[x] ^= random.nextInt() & mask;
            }
            image.setRGB(0, y, row.length, 1, row, 0, row.length);
        }
        return image;
    }

    private static Color color(Random random) {
        return new Color(random.nextInt(0x1000000));
    }

    private static byte[] encoded(BufferedImage image, String format) {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
