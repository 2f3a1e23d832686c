package io.sluice.embedder.model;

import static io.sluice.embedder.model.VisualDescriptorTest.cosine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.embedder.bundle.Bundle;
import io.sluice.embedder.bundle.Precision;
import io.sluice.pictures.decode.Picture;
import io.sluice.samplemodels.ClipBundle;
import io.sluice.samplemodels.Shape;
import io.sluice.schemas.product.Embedding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClipModelTest {
    /** Larger than the change of a unit vector's component when roundings happen in another order. */
    private static final Offset<Float> ROUNDING = within(1e-6f);

    private static final List<String> TEXTS = List.of(
            "mug",
            "a red bicycle for children",
            "Folds flat, acacia wood",
            "😀",
            "",
            "a text that is far longer than the seventy-seven tokens which this model reads ".repeat(4));

    private static final List<Picture> PICTURES =
            IntStream.range(0, 8).mapToObj(ClipModelTest::noise).toList();

    @TempDir
    static Path folder;

    private ClipModel model;

    @BeforeAll
    void load() {
        model = load("clip-sample", Shape.small());
    }

    @AfterAll
    void close() {
        model.close();
    }

    @Test
    void saysWhatItMakes() {
        assertThat(model.name()).isEqualTo("clip-sample");
        assertThat(model.dimensions()).isEqualTo(Map.of("text", 512, "image", 512));
        assertThat(model.sharedSpace()).isTrue();
        assertThat(model.framing().side()).isEqualTo(224);
        assertThat(model.revision()).matches("clip-1/[0-9a-f]{64}");
    }

    @Test
    void makesTheSameVectorOfAPictureAloneAndAmongEight() {
        var together = model.embedImages(PICTURES);

        for (int i = 0; i < PICTURES.size(); i++) {
            var alone = model.embedImages(List.of(PICTURES.get(i))).getFirst();
            assertThat(together.get(i).toArray()).containsExactly(alone.toArray(), ROUNDING);
        }
        assertThat(together).doesNotHaveDuplicates();
    }

    @Test
    void makesTheSameVectorOfATextAloneAndAmongOthers() {
        var together = model.embedTexts(TEXTS);

        for (int i = 0; i < TEXTS.size(); i++) {
            assertThat(together.get(i).toArray())
                    .containsExactly(one(model, TEXTS.get(i)).toArray(), ROUNDING);
        }
        assertThat(together).doesNotHaveDuplicates();
    }

    @Test
    void paddingToTheLongestEqualsPaddingToSeventySeven() {
        try (var padded = load("padded", Shape.small().withTokens(77))) {
            var wanted = padded.embedTexts(TEXTS);
            var made = model.embedTexts(TEXTS);

            for (int i = 0; i < TEXTS.size(); i++) {
                assertThat(made.get(i).toArray()).containsExactly(wanted.get(i).toArray(), ROUNDING);
            }
        }
    }

    @Test
    void readsTheFirstTokensOfALongTextAndItsEnd() {
        var begun = "a red bicycle ".repeat(40);

        assertThat(one(model, begun)).isEqualTo(one(model, begun + "and much more"));
        assertThat(cosine(one(model, begun), one(model, "a red bicycle "))).isLessThan(0.999999);
        // the state of the start token is the same for all texts; only the state of the end token, which stays when a
        // text is cut, differs
        assertThat(cosine(one(model, begun), one(model, "green chairs, ".repeat(40))))
                .isLessThan(0.999999);
    }

    @Test
    void feedsAnExportOfFixedBatchSize() {
        try (var fixed = load("fixed", Shape.small().withBatch(3).withTokens(77))) {
            assertThat(fixed.embedTexts(TEXTS)).hasSize(TEXTS.size());
            var together = fixed.embedImages(PICTURES);
            var wanted = model.embedImages(PICTURES);
            for (int i = 0; i < PICTURES.size(); i++) {
                assertThat(together.get(i).toArray())
                        .containsExactly(wanted.get(i).toArray(), ROUNDING);
            }
        }
    }

    @Test
    void aQuantizedModelMakesTheSameVectorAmongAnyOtherInputs() {
        try (var quantized = load("int8", Shape.small().withPrecision(Shape.Precision.INT8))) {
            var together = quantized.embedImages(PICTURES);

            for (int i = 0; i < PICTURES.size(); i++) {
                assertThat(quantized.embedImages(List.of(PICTURES.get(i)))).containsExactly(together.get(i));
            }
            assertThat(quantized.embedTexts(TEXTS))
                    .isEqualTo(TEXTS.stream().map(text -> one(quantized, text)).toList());
        }
    }

    @Test
    void makesVectorsOfAnotherDimension() {
        try (var large = load("large", Shape.small().withDimension(768))) {
            assertThat(large.dimensions()).isEqualTo(Map.of("text", 768, "image", 768));
            assertThat(one(large, "mug").dimension()).isEqualTo(768);
        }
    }

    @Test
    void makesNoVectorsOfNoInputs() {
        assertThat(model.embedTexts(List.of())).isEmpty();
        assertThat(model.embedImages(List.of())).isEmpty();
    }

    @Test
    void anotherNetworkHasAnotherRevision() {
        ClipBundle.write(folder.resolve("a"), Shape.small(), 1);
        ClipBundle.write(folder.resolve("b"), Shape.small(), 2);
        ClipBundle.write(folder.resolve("c"), Shape.small(), 1);

        assertThat(Bundle.open(folder.resolve("a"), "clip", Precision.ANY).sha256())
                .isEqualTo(
                        Bundle.open(folder.resolve("c"), "other", Precision.ANY).sha256())
                .isNotEqualTo(
                        Bundle.open(folder.resolve("b"), "clip", Precision.ANY).sha256());
    }

    @Test
    void answersManyCallersAtOnceWithTheSameVectors() throws Exception {
        var expected = model.embedImages(PICTURES);
        try (var callers = Executors.newFixedThreadPool(4)) {
            var answers = new ArrayList<Future<List<Embedding>>>();
            for (int i = 0; i < 8; i++) {
                answers.add(callers.submit(() -> model.embedImages(PICTURES)));
            }
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo(expected);
            }
        }
    }

    private static ClipModel load(String name, Shape shape) {
        var bundle = folder.resolve(name);
        ClipBundle.write(bundle, shape, 42);
        return ClipModel.load(Bundle.open(bundle, name, Precision.ANY), Provider.CPU);
    }

    private static Embedding one(ClipModel model, String text) {
        return model.embedTexts(List.of(text)).getFirst();
    }

    private static Picture noise(int seed) {
        var rgb = new byte[224 * 224 * 3];
        new Random(seed).nextBytes(rgb);
        return new Picture(224, 224, rgb);
    }
}
