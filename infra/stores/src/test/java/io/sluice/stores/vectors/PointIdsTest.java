package io.sluice.stores.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class PointIdsTest {
    @Test
    void isVersion5AsTheStandardHasIt() {
        // RFC 9562, appendix A.4
        var dns = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

        assertThat(PointIds.version5(dns, "www.example.com"))
                .isEqualTo(UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
    }

    @Test
    void neverChanges() {
        // a point written under another id than before would be there twice
        assertThat(PointIds.uuid("builtin-1", "test-123")).hasToString("47374e2a-aa12-53b2-b6cf-e87e4dd68542");
    }

    @Test
    void differsByIndexAndProduct() {
        assertThat(PointIds.uuid("builtin-1", "a")).isNotEqualTo(PointIds.uuid("builtin-2", "a"));
        assertThat(PointIds.uuid("builtin-1", "a")).isNotEqualTo(PointIds.uuid("builtin-1", "b"));
    }
}
