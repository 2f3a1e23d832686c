package io.sluice.schemas.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetadataTest {
    @Test
    void keepsATextUnderText() {
        assertThat(Metadata.ofText("SKU-123").values()).isEqualTo(Map.of("text", "SKU-123"));
        assertThat(Metadata.ofText(" ")).isEqualTo(Metadata.empty());
    }

    @Test
    void copiesTheValuesItIsMadeFrom() {
        var tags = new ArrayList<>(List.of("a"));
        var values = new HashMap<String, Object>(Map.of("tags", tags));
        var metadata = new Metadata(values);
        tags.add("b");
        values.clear();
        assertThat(metadata.values()).isEqualTo(Map.of("tags", List.of("a")));
    }

    @Test
    void refusesAValueThatIsNotJson() {
        assertThatThrownBy(() -> new Metadata(Map.of("when", java.time.Instant.EPOCH)))
                .hasMessageContaining("not a JSON value");
    }
}
