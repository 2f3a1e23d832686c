package io.sluice.embedder.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.images.ImageInspector;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes are, the decoder answers with a picture or a refusal. */
class DamagedImagesTest {
    private static final int ROUNDS = Integer.getInteger("sluice.fuzz.rounds", 1_500);

    private final ImageDecoder decoder = new ImageDecoder(new ImageInspector(ImageInspector.Limits.ofDefaults()));

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "gif"})
    void answersForAnyBytes(String format) throws Exception {
        var whole = drawing(format);
        var seed = Long.getLong("sluice.fuzz.seed", 11);
        var random = new Random(seed);
        var framing = new Framing(16, Framing.Fit.STRETCH);
        var decoded = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var damaged = whole.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                assertThat(decoder.decode(damaged, framing).width()).isEqualTo(16);
                decoded++;
            } catch (ImageRefusedException e) {
                assertThat(e.getMessage()).as("seed %d, round %d", seed, round).isNotBlank();
            }
        }
        assertThat(decoded)
                .as("PNG's checksums see any change; the others have none")
                .isLessThan(ROUNDS);
    }

    private static byte[] drawing(String format) throws Exception {
        var image = new BufferedImage(90, 70, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setPaint(new GradientPaint(0, 0, Color.CYAN, 90, 70, Color.MAGENTA));
        pen.fillRect(0, 0, 90, 70);
        pen.dispose();
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return out.toByteArray();
    }
}
