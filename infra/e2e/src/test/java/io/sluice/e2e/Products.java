package io.sluice.e2e;

import io.sluice.client.http.FileInMemory;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;

/** Makes products to send. */
final class Products {
    private Products() {}

    static Map<String, String> fields(String id) {
        return Map.of(
                "product_id", id,
                "name", "Product " + id,
                "description", "The description of " + id + ".",
                "metadata", "{\"sku\":\"" + id + "\"}");
    }

    static String json(String id) {
        return "{\"product_id\":\"%s\",\"name\":\"Product %s\",\"description\":\"Straight from upstream.\",\"metadata\":{\"sku\":\"%s\"}}"
                .formatted(id, id, id);
    }

    /** {@return a PNG of colored blocks, a different one for each seed} */
    static FileInMemory picture(long seed) {
        var random = new Random(seed);
        var image = new BufferedImage(256, 256, BufferedImage.TYPE_INT_RGB);
        var canvas = image.createGraphics();
        for (int i = 0; i < 24; i++) {
            canvas.setColor(new Color(random.nextInt(0x1000000)));
            canvas.fillRect(random.nextInt(256), random.nextInt(256), 16 + random.nextInt(96), 16 + random.nextInt(96));
        }
        canvas.dispose();
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FileInMemory(seed + ".png", "image/png", bytes.toByteArray());
    }
}
