package io.sluice.stores.qdrant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PointIdsTest {
    @Test
    void theIdOfAProductNeverChanges() {
        // if the id of a point changed, the product would be stored twice
        assertThat(PointIds.uuid("builtin-1", "test-123")).hasToString("47374e2a-aa12-53b2-b6cf-e87e4dd68542");
    }

    @Test
    void differsByIndexAndProduct() {
        assertThat(PointIds.uuid("builtin-1", "a")).isNotEqualTo(PointIds.uuid("builtin-2", "a"));
        assertThat(PointIds.uuid("builtin-1", "a")).isNotEqualTo(PointIds.uuid("builtin-1", "b"));
    }
}
