package io.sluice.testkit;

import static io.sluice.testkit.Pipelines.VECTORS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.RetryPolicy;
import io.sluice.runtime.RuntimeFailure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PipelineHarnessTest {
    @Test
    void returnsTheOutcomesOfEventsAndDeletions() {
        var harness = new PipelineHarness<>(Pipelines.embedding(8, Pipelines::embedAll));
        var product = Samples.product("p");

        assertThat(harness.save(List.of(product))).containsExactly(Outcome.emit(VECTORS, Samples.vectors(product, 4)));
        assertThat(harness.delete("p")).isEqualTo(Outcome.emitTombstone(VECTORS, "p"));
    }

    @Test
    void translatesExceptionsAndFailsOnOneThatIsNotTranslated() {
        var failure = new Fatal(RuntimeFailure.TOO_LARGE, "too large");
        var throwing = Pipelines.builder(8)
                .translating(thrown -> thrown instanceof IOException ? Optional.of(failure) : Optional.empty())
                .handledBy(
                        batch -> {
                            if (batch.size() == 1) {
                                throw new IOException("known");
                            }
                            throw new IllegalStateException("unknown");
                        },
                        RetryPolicy.ofDefaults());
        var harness = new PipelineHarness<>(throwing);

        assertThat(harness.save(Samples.products(1))).containsExactly(Outcome.failed(failure));
        assertThatThrownBy(() -> harness.save(Samples.products(2))).hasMessageContaining("does not translate");
    }
}
