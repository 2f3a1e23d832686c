package io.sluice.embedder.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.decode.ImageDecoder;
import io.sluice.pictures.decode.Picture;
import io.sluice.schemas.product.Embedding;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class VisualDescriptorTest {
    private static final int PICTURES = 200;
    private static final int SIDE = VisualDescriptor.FRAMING.side();

    private final ImageDecoder decoder = new ImageDecoder(new ImageInspector(ImageInspector.Limits.ofDefaults()));

    @Test
    void findsAPictureByItsAlteredCopy() {
        var pictures = LongStream.range(0, PICTURES).mapToObj(Drawings::draw).toList();
        var catalog = pictures.stream().map(p -> describe(Drawings.png(p))).toList();

        assertThat(recall(pictures, catalog, p -> Drawings.png(Drawings.halfSize(p))))
                .as("half size")
                .isGreaterThanOrEqualTo(0.99);
        assertThat(recall(pictures, catalog, p -> Drawings.jpeg(p, 0.7f)))
                .as("JPEG quality 70")
                .isGreaterThanOrEqualTo(0.99);
        assertThat(recall(pictures, catalog, p -> Drawings.png(Drawings.cropped(p, 0.05))))
                .as("5 % crop")
                .isGreaterThanOrEqualTo(0.99);
        assertThat(recall(pictures, catalog, p -> Drawings.jpeg(Drawings.halfSize(Drawings.cropped(p, 0.1)), 0.7f)))
                .as("all three, with twice the crop")
                .isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void isAUnitVectorForAnyPicture() {
        for (int level : new int[] {0, 1, 128, 255}) {
            var flat = new byte[SIDE * SIDE * 3];
            Arrays.fill(flat, (byte) level);
            assertUnit(VisualDescriptor.describe(new Picture(SIDE, SIDE, flat)));
        }
        var random = new java.util.Random(3);
        var noise = new byte[SIDE * SIDE * 3];
        random.nextBytes(noise);
        assertUnit(VisualDescriptor.describe(new Picture(SIDE, SIDE, noise)));
    }

    @Test
    void aFlatPictureStaysNearItsNoisyCopy() {
        var flat = new BufferedImage(100, 100, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 100 * 100; i++) {
            flat.setRGB(i % 100, i / 100, 0xC03020);
        }
        assertThat(cosine(describe(Drawings.png(flat)), describe(Drawings.jpeg(flat, 0.5f))))
                .isGreaterThan(0.97);
    }

    @Test
    void isTheSameEveryTime() {
        var file = Drawings.jpeg(Drawings.draw(1), 0.9f);
        assertThat(describe(file)).isEqualTo(describe(file));
    }

    private double recall(
            List<BufferedImage> pictures, List<Embedding> catalog, Function<BufferedImage, byte[]> alteration) {
        var missed = new ArrayList<Integer>();
        for (int i = 0; i < pictures.size(); i++) {
            var query = describe(alteration.apply(pictures.get(i)));
            if (nearest(query, catalog) != i) {
                missed.add(i);
            }
        }
        return 1 - (double) missed.size() / pictures.size();
    }

    private Embedding describe(byte[] file) {
        return VisualDescriptor.describe(decoder.decode(file, VisualDescriptor.FRAMING));
    }

    private static int nearest(Embedding query, List<Embedding> catalog) {
        var best = 0;
        for (int i = 1; i < catalog.size(); i++) {
            if (cosine(query, catalog.get(i)) > cosine(query, catalog.get(best))) {
                best = i;
            }
        }
        return best;
    }

    static double cosine(Embedding a, Embedding b) {
        var left = a.toArray();
        var right = b.toArray();
        var sum = 0.0;
        for (int i = 0; i < left.length; i++) {
            sum += (double) left[i] * right[i];
        }
        return sum;
    }

    private static void assertUnit(Embedding embedding) {
        assertThat(embedding.dimension()).isEqualTo(864);
        assertThat(cosine(embedding, embedding)).isCloseTo(1, within(1e-5));
    }
}
