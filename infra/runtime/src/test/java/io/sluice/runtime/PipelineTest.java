package io.sluice.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sluice.schemas.Topics;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineTest {
    @Test
    void describesItselfInOneLine() {
        var vectors = Topics.productVectors("builtin-1");
        var embedder = Pipeline.named("embedder")
                .from(Topics.PRODUCTS)
                .emits(vectors)
                .reports("product", "embedded")
                .handledBy(batch -> List.of(), RetryPolicy.ofDefaults());
        var indexer = Pipeline.named("indexer")
                .inGroup("indexer-builtin-1")
                .from(vectors)
                .completes("product", "indexed")
                .handledBy(batch -> List.of(), RetryPolicy.ofDefaults());

        assertThat(embedder.describe()).isEqualTo("products.v1 -> embedder -> product-vectors.builtin-1.v1");
        assertThat(embedder.group()).isEqualTo("embedder");
        assertThat(embedder.completesJobs()).isFalse();
        assertThat(indexer.describe()).isEqualTo("product-vectors.builtin-1.v1 -> indexer");
        assertThat(indexer.group()).isEqualTo("indexer-builtin-1");
        assertThat(indexer.completesJobs()).isTrue();
    }

    @Test
    void readsTheRetryTopicsOfItsGroupAndAlwaysTheFirst() {
        var named = Pipeline.named("embedder").inGroup("embedder-builtin-1");
        var tiers = named.from(Topics.PRODUCTS)
                .reports("product", "embedded")
                .handledBy(batch -> List.of(), RetryPolicy.ofDefaults());
        var inPlace = named.from(Topics.PRODUCTS)
                .reports("product", "embedded")
                .handledBy(batch -> List.of(), RetryPolicy.inPlace());

        assertThat(tiers.retryTopics())
                .containsExactly(
                        "products.v1.embedder-builtin-1.retry-10s",
                        "products.v1.embedder-builtin-1.retry-2m",
                        "products.v1.embedder-builtin-1.retry-15m");
        assertThat(inPlace.retryTopics()).containsExactly("products.v1.embedder-builtin-1.retry-10s");
    }

    @Test
    void hasToSayWhatJobsHear() {
        var silent = Pipeline.named("silent").from(Topics.PRODUCTS);

        assertThatIllegalStateException()
                .isThrownBy(() -> silent.handledBy(batch -> List.of(), RetryPolicy.ofDefaults()))
                .withMessageContaining("silent");
    }

    @Test
    void aBatchHasAtLeastOneRecord() {
        var none = Pipeline.named("none").from(Topics.PRODUCTS).inBatchesOf(0).reports("product", "done");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.handledBy(batch -> List.of(), RetryPolicy.ofDefaults()))
                .withMessageContaining("batch size of pipeline none");
    }
}
