package io.sluice.embedder.model;

import static io.sluice.embedder.model.VisualDescriptorTest.cosine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.schemas.product.Embedding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BuiltinModelTest {
    private static final List<String> CATALOG = List.of(
            "Trail running sneakers. Light shoes with a grippy sole",
            "Ceramic coffee mug. Holds 350 ml, dishwasher safe",
            "Leather wallet. Slim, with room for eight cards",
            "Garden chair. Folding, weatherproof aluminium",
            "Wool sweater. Warm knitted pullover for winter");

    private final BuiltinModel model = BuiltinModel.load();

    @BeforeAll
    void warmUp() {
        assertThat(model.embedTexts(List.of("warm"))).hasSize(1);
    }

    @AfterAll
    void close() {
        model.close();
    }

    @Test
    void saysWhatItMakes() {
        assertThat(model.name()).isEqualTo("builtin");
        assertThat(model.dimensions()).isEqualTo(Map.of("text", 384, "image", 864));
        assertThat(model.sharedSpace()).isFalse();
        assertThat(model.revision()).startsWith("builtin/").contains("minilm", "visual");
    }

    @Test
    void putsATextNearItsMeaning() {
        assertThat(nearest("sport shoes")).startsWith("Trail running");
        assertThat(nearest("cup for hot drinks")).startsWith("Ceramic");
        assertThat(nearest("something to sit on outside")).startsWith("Garden chair");
        assertThat(nearest("where to keep my money")).startsWith("Leather wallet");
    }

    @Test
    void makesTheSameVectorOfATextAmongAnyOtherTexts() {
        var alone = CATALOG.stream().map(text -> one(text)).toList();
        var withALongOne = new ArrayList<>(CATALOG);
        withALongOne.add("padding ".repeat(200));

        var together = model.embedTexts(withALongOne);

        for (int i = 0; i < alone.size(); i++) {
            assertThat(cosine(alone.get(i), together.get(i))).isCloseTo(1, within(1e-5));
            assertThat(together.get(i).toArray()).containsExactly(alone.get(i).toArray(), within(1e-5f));
        }
        assertThat(model.embedTexts(CATALOG)).isEqualTo(model.embedTexts(CATALOG));
    }

    @Test
    void readsTheFirstTokensOfALongText() {
        var begun = "a red bicycle ".repeat(100);
        assertThat(cosine(one(begun), one(begun + "and much more".repeat(1000))))
                .isCloseTo(1, within(1e-6));
    }

    @Test
    void makesUnitVectorsOfOddTexts() {
        for (var text : List.of("", " ", "\u0000", "😀😀😀", "漢字かな", "a".repeat(20_000), "\ud800")) {
            var vector = one(text);
            assertThat(vector.dimension()).isEqualTo(384);
            assertThat(cosine(vector, vector)).isCloseTo(1, within(1e-5));
        }
        assertThat(model.embedTexts(List.of())).isEmpty();
        assertThat(model.embedImages(List.of())).isEmpty();
    }

    @Test
    void answersManyCallersAtOnceWithTheSameVectors() throws Exception {
        var expected = model.embedTexts(CATALOG);
        try (var callers = Executors.newFixedThreadPool(4)) {
            var answers = new ArrayList<Future<List<Embedding>>>();
            for (int i = 0; i < 24; i++) {
                answers.add(callers.submit(() -> model.embedTexts(CATALOG)));
            }
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo(expected);
            }
        }
    }

    @Test
    void refusesWorkAfterClosingAndCompletesWorkInFlight() throws Exception {
        var own = BuiltinModel.load();
        var texts = List.of("word ".repeat(300), "word ".repeat(300), "word ".repeat(300));
        try (var caller = Executors.newSingleThreadExecutor()) {
            own.embedTexts(List.of("warm"));
            var inFlight = caller.submit(() -> own.embedTexts(texts));
            own.close();
            own.close();
            // the call either completed or was refused because the model was closed
            try {
                assertThat(inFlight.get()).hasSize(3);
            } catch (java.util.concurrent.ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(IllegalStateException.class);
            }
            assertThatThrownBy(() -> own.embedTexts(texts)).isInstanceOf(IllegalStateException.class);
        }
    }

    private Embedding one(String text) {
        return model.embedTexts(List.of(text)).getFirst();
    }

    private String nearest(String query) {
        var vector = one(query);
        return CATALOG.stream()
                .max(Comparator.comparingDouble(text -> cosine(vector, one(text))))
                .orElseThrow();
    }
}
