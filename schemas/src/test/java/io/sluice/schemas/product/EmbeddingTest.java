package io.sluice.schemas.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.schemas.event.InvalidEventException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbeddingTest {
    @Test
    void isLittleEndianFloatsInBase64() {
        assertThat(Embedding.of(1f, 0f).toBase64()).isEqualTo("AACAPwAAAAA=");
        assertThat(Embedding.fromBase64("AACAPwAAAAA=").toArray()).containsExactly(1f, 0f);
    }

    @Test
    void refusesHalfAFloat() {
        assertThatThrownBy(() -> Embedding.fromBase64("AAAA")).isInstanceOf(InvalidEventException.class);
        assertThatThrownBy(() -> Embedding.fromBase64("!")).isInstanceOf(InvalidEventException.class);
    }

    @Test
    void mustHaveTheDeclaredDimension() {
        var product = new ProductSaved("i", "n", "d", Metadata.empty(), null);
        assertThatThrownBy(() ->
                        new ProductVectors(product, "builtin", Map.of("text", 3), Map.of("text", Embedding.of(1f, 0f))))
                .isInstanceOfSatisfying(
                        InvalidEventException.class, e -> assertThat(e.field()).isEqualTo("vectors"));
    }
}
