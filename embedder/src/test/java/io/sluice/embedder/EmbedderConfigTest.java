package io.sluice.embedder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.sluice.embedder.bundle.Precision;
import io.sluice.embedder.model.Provider;
import io.sluice.pictures.container.Inspection;
import io.sluice.pictures.decode.ImageRefusedException;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Retryable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EmbedderConfigTest {
    @Test
    void usesEveryCoreByDefault() {
        assertThat(EmbedderConfig.ofDefaults().threads())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @ParameterizedTest
    @CsvSource({"batch-size, -1", "cores, -1", "fetches, -1", "decode-limit, 0s", "decode-limit, 11m"})
    void aBadValueStopsTheStartWithItsName(String key, String value) {
        assertThatThrownBy(() -> context(Map.of("embedder." + key, value)).close())
                .hasStackTraceContaining("embedder." + key + " must be between");
    }

    @Test
    void existsInTheEmbedderOnly() {
        try (var context = ApplicationContext.run(Map.<String, Object>of("sluice.service", "gateway"))) {
            assertThat(context.findBean(EmbedderConfig.class)).isEmpty();
            assertThat(context.findBean(ProductEmbedder.class)).isEmpty();
        }
    }

    @Test
    void anUnknownModelStopsTheStartWithTheRemedy() {
        assertThatThrownBy(() -> Models.load(configured("clip"), "clip-1"))
                .hasMessage("There is no model 'clip': set EMBEDDER_MODEL to builtin, to a name of the catalog"
                        + " (clip-vit-b-32, clip-vit-b-32-int8), or to the folder of a bundle");
    }

    @Test
    void aModelThatWasNotPulledStopsTheStartWithTheRemedy() {
        assertThatThrownBy(() -> Models.load(configured("clip-vit-b-32"), "clip-vit-b-32-1"))
                .hasMessage(
                        "The model clip-vit-b-32 is not on this machine, or not all of it: run ./sluice models pull clip-vit-b-32, or"
                                + " copy its folder from another machine to /nowhere/clip-vit-b-32");
    }

    @Test
    void anIndexOfAnotherModelStopsTheStartWithTheRemedy() {
        assertThatThrownBy(() -> Models.load(configured("builtin"), "clip-vit-b-32-4"))
                .hasMessage("Index 'clip-vit-b-32-4' holds vectors of the model 'clip-vit-b-32', not of 'builtin':"
                        + " set SLUICE_INDEX to builtin-1 (or a higher number), or EMBEDDER_MODEL to clip-vit-b-32");
    }

    private static EmbedderConfig configured(String model) {
        return new EmbedderConfig(model, Precision.ANY, Provider.CPU, "/nowhere", "", 32, 1, 8, Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @EnumSource(Inspection.Code.class)
    void everyRefusalOfAnImageHasAFailureCode(Inspection.Code code) {
        var failure = new ImageErrors().translate(new ImageRefusedException(code, "why"));

        assertThat(failure).hasValueSatisfying(it -> {
            assertThat(it).isInstanceOf(code == Inspection.Code.IMAGE_TOO_SLOW ? Retryable.class : Fatal.class);
            assertThat(it.code().name()).isEqualTo(code.name());
            assertThat(it.detail()).isEqualTo("why");
        });
    }

    @Test
    void everyFailureCodeIsOfARefusalOfAnImage() {
        assertThat(EmbedderFailure.values())
                .extracting(EmbedderFailure::name)
                .containsExactlyElementsOf(
                        Stream.of(Inspection.Code.values()).map(Enum::name).toList());
    }

    private static ApplicationContext context(Map<String, Object> properties) {
        var all = new HashMap<>(properties);
        all.put("sluice.service", "embedder");
        return ApplicationContext.builder().properties(all).start();
    }
}
