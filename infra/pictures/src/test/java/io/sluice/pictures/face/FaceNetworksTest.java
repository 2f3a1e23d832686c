package io.sluice.pictures.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.pictures.decode.Picture;
import io.sluice.samplemodels.FaceBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaceNetworksTest {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 640;
    private static final int SMALL = FaceBundle.FACE_SIDE;
    /** As large in the picture of 320 pixels as the small one in the picture of 960. */
    private static final int LARGE = 3 * SMALL;

    private static final int RED = 0xFF0000;
    private static final int PURPLE = 0xFF00FF;

    @TempDir
    Path folder;

    private final byte[] rgb = new byte[WIDTH * HEIGHT * 3];
    private FaceNetworks networks;

    @BeforeEach
    void load() {
        FaceBundle.write(folder);
        networks = FaceNetworks.load(folder.resolve("detector.onnx"), folder.resolve("recognizer.onnx"));
        Arrays.fill(rgb, (byte) 90);
    }

    @AfterEach
    void close() {
        networks.close();
    }

    private void draw(int left, int top, int side, int color) {
        for (int y = top; y < top + side; y++) {
            for (int x = left; x < left + side; x++) {
                var at = 3 * (y * WIDTH + x);
                rgb[at] = (byte) (color >> 16);
                rgb[at + 1] = (byte) (color >> 8);
                rgb[at + 2] = (byte) color;
            }
        }
    }

    private Picture picture() {
        return new Picture(WIDTH, HEIGHT, rgb);
    }

    @Test
    void largeAndSmallFacesAreFoundOnceEachAndWhereTheyAre() {
        draw(LARGE, LARGE, LARGE, RED);
        draw(20 * SMALL, 10 * SMALL, SMALL, RED);

        var faces = networks.facesIn(picture()).stream()
                .sorted(Comparator.comparingDouble(face -> face.box().left()))
                .toList();

        assertThat(faces)
                .hasSize(2)
                .allSatisfy(face -> assertThat(face.confidence()).isBetween(0.9, 1.0));
        var large = faces.getFirst();
        assertThat(large.box().left()).isCloseTo((double) LARGE / WIDTH, within(1e-4));
        assertThat(large.box().top()).isCloseTo((double) LARGE / HEIGHT, within(2e-3));
        assertThat(large.box().width()).isCloseTo((double) LARGE / WIDTH, within(1e-4));
        assertThat(large.box().height()).isCloseTo((double) LARGE / HEIGHT, within(2e-3));
        var small = faces.getLast();
        assertThat(small.box().left()).isCloseTo(20.0 * SMALL / WIDTH, within(1e-4));
        assertThat(small.box().width()).isCloseTo((double) SMALL / WIDTH, within(1e-4));
        assertThat(small.marks()).hasSize(5);
        assertThat(small.marks().getFirst().x())
                .as("the eye on the left")
                .isCloseTo((20 + 38.2946 / 112) * SMALL / WIDTH, within(1e-4));
        assertThat(small.marks().getLast().y())
                .as("the corner of the mouth on the right")
                .isCloseTo((10 + 92.2041 / 112) * SMALL / HEIGHT, within(1e-4));
    }

    @Test
    void vectorsOfOnePersonPointTheSameWay() {
        draw(LARGE, LARGE, LARGE, RED);
        draw(4 * LARGE, LARGE, LARGE, PURPLE);
        draw(20 * SMALL, 15 * SMALL, SMALL, RED);

        var faces = networks.facesIn(picture()).stream()
                .sorted(Comparator.comparingDouble(face -> face.box().left()))
                .toList();

        assertThat(faces).hasSize(3);
        assertThat(faces.get(0).vector().size()).isEqualTo(128);
        assertThat(faces.get(0).vector().cosineTo(faces.get(0).vector())).isCloseTo(1, within(1e-5));
        assertThat(faces.get(0).vector().cosineTo(faces.get(2).vector())).isGreaterThan(0.99);
        assertThat(faces.get(0).vector().cosineTo(faces.get(1).vector())).isLessThan(-0.5);
    }

    @Test
    void aPictureWithoutFacesHasNone() {
        assertThat(networks.facesIn(picture())).isEmpty();
        assertThat(networks.facesIn(new Picture(80, 90, new byte[80 * 90 * 3]))).isEmpty();
    }

    @Test
    void aFileThatIsNoNetworkIsNamed() throws IOException {
        var broken = Files.writeString(folder.resolve("broken.onnx"), "not a network");

        assertThatThrownBy(() -> FaceNetworks.load(broken, folder.resolve("recognizer.onnx")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("broken.onnx");
        assertThatThrownBy(() -> FaceNetworks.load(folder.resolve("detector.onnx"), folder.resolve("missing.onnx")))
                .hasMessageContaining("missing.onnx");
    }
}
