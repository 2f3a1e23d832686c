package io.sluice.embedder.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.embedder.bundle.Bundle;
import io.sluice.embedder.bundle.Precision;
import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.container.ImageInspector.Limits;
import io.sluice.pictures.decode.ImageDecoder;
import io.sluice.samplemodels.ClipBundle;
import io.sluice.samplemodels.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFeedTest {
    private static final int SIDE = 224;
    private static final double[] MEAN = {0.48145466, 0.4578275, 0.40821073};
    private static final double[] DEVIATION = {0.26862954, 0.26130258, 0.27577711};

    /** Compares the network's input with the published formula, computed from the file's pixels in double precision. */
    @Test
    void makesTheTensorOfThePublishedFormula(@TempDir Path folder) throws IOException {
        ClipBundle.write(folder, Shape.small(), 42);
        var preprocessing = Bundle.open(folder, "clip", Precision.ANY).preprocessing();
        var noise = noise();
        var picture =
                new ImageDecoder(new ImageInspector(Limits.ofDefaults())).decode(png(noise), preprocessing.framing());
        var tensor = FloatBuffer.allocate(2 * 3 * SIDE * SIDE);

        new PictureFeed(preprocessing).write(picture, tensor, 3 * SIDE * SIDE);

        for (int channel = 0; channel < 3; channel++) {
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    var value = noise.getRGB(x, y) >> (16 - 8 * channel) & 0xFF;
                    var expected = (value / 255.0 - MEAN[channel]) / DEVIATION[channel];
                    assertThat((double) tensor.get(((3 + channel) * SIDE + y) * SIDE + x))
                            .isCloseTo(expected, within(1e-6));
                }
            }
        }
        assertThat(tensor.get(0)).isZero();
    }

    private static BufferedImage noise() {
        var random = new Random(5);
        var image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        return image;
    }

    private static byte[] png(BufferedImage image) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
