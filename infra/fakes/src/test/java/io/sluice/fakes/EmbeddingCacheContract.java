package io.sluice.fakes;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.schemas.product.Embedding;
import io.sluice.stores.embeddings.EmbeddingCache;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contract of every cache of embeddings. */
abstract class EmbeddingCacheContract {
    private static final EmbeddingCache.Key TEXT = new EmbeddingCache.Key("a1".repeat(32), "builtin", "text");
    private static final EmbeddingCache.Key IMAGE = new EmbeddingCache.Key("a1".repeat(32), "builtin", "image");
    private static final EmbeddingCache.Key OTHER_MODEL = new EmbeddingCache.Key("a1".repeat(32), "clip", "text");
    private static final Embedding VECTOR = Embedding.of(1, -0.5f, Float.MIN_VALUE);

    abstract EmbeddingCache cache();

    /** {@return a cache that cannot be reached} */
    abstract EmbeddingCache away();

    @Test
    void findsWhatItKeptAndNothingElse() {
        cache().keep(Map.of(TEXT, VECTOR, IMAGE, Embedding.of(2)));

        assertThat(cache().find(List.of(TEXT, OTHER_MODEL))).isEqualTo(Map.of(TEXT, VECTOR));
    }

    @Test
    void findsAKeyOnceThatIsAskedForTwice() {
        cache().keep(Map.of(TEXT, VECTOR));

        assertThat(cache().find(List.of(TEXT, TEXT))).isEqualTo(Map.of(TEXT, VECTOR));
    }

    @Test
    void findsNothingForNoKeys() {
        assertThat(cache().find(List.of())).isEmpty();
        cache().keep(Map.of());
    }

    @Test
    void doesNotReplaceAStoredEmbedding() {
        cache().keep(Map.of(TEXT, VECTOR));
        cache().keep(Map.of(TEXT, Embedding.of(9), IMAGE, Embedding.of(2)));

        assertThat(cache().find(List.of(TEXT, IMAGE))).isEqualTo(Map.of(TEXT, VECTOR, IMAGE, Embedding.of(2)));
    }

    @Test
    void anUnreachableCacheFindsNothingAndDoesNotThrow() {
        var away = away();
        away.keep(Map.of(TEXT, VECTOR));

        assertThat(away.find(List.of(TEXT))).isEmpty();
    }
}
