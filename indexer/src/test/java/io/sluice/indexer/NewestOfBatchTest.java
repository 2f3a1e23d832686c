package io.sluice.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.Outcome;
import io.sluice.runtime.Received;
import io.sluice.schemas.product.ProductVectors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NewestOfBatchTest {
    @Test
    void keepsOnlyTheNewestRecordOfAProduct() {
        var batch = new NewestOfBatch(List.of(deleted("a", 1), deleted("b", 7), deleted("a", 3), deleted("a", 2)));

        assertThat(batch.records()).containsExactly(deleted("a", 3), deleted("b", 7));
        assertThat(batch.outcomes(Map.of("a", Outcome.done(), "b", Outcome.done())))
                .containsExactly(Outcome.superseded(), Outcome.done(), Outcome.done(), Outcome.superseded());
    }

    @Test
    void aRecordThatCameTwiceGetsTheSameOutcomeTwice() {
        var batch = new NewestOfBatch(List.of(deleted("a", 3), deleted("a", 3)));

        assertThat(batch.records()).hasSize(1);
        assertThat(batch.outcomes(Map.of("a", Outcome.done()))).containsExactly(Outcome.done(), Outcome.done());
    }

    private static Received<ProductVectors> deleted(String id, long version) {
        return new Received<>(id, null, version, null);
    }
}
