package io.sluice.gateway;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Real pictures, drawn at random from a seed. */
final class Pictures {
    private Pictures() {}

    static byte[] png(int width, int height, long seed) {
        return draw(width, height, seed, "png");
    }

    static byte[] jpeg(int width, int height, long seed) {
        return draw(width, height, seed, "jpg");
    }

    private static byte[] draw(int width, int height, long seed, String format) {
        var random = new Random(seed);
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, new Color(random.nextInt(0x1000000)).getRGB());
            }
        }
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
