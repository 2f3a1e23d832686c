package io.sluice.gateway.product.search;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.gateway.image.UploadedImage;
import io.sluice.gateway.problem.Outage;
import io.sluice.schemas.embed.EmbedResponse;
import io.sluice.schemas.product.Embedding;
import io.sluice.schemas.product.ProductVectors;
import io.sluice.stores.product.VectorStore;
import io.sluice.stores.product.VectorStore.ServedIndex;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Searches products: turns the query into vectors, and finds the nearest products. A text is compared with the texts of
 * products, and with their pictures when the model puts both in one space.
 */
@Singleton
final class ProductSearch {
    private static final String SERVED = "served";
    /** How long a search may still use the old index after a switch. The old index is kept for longer. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final QueryVectors queries;
    private final VectorStore store;
    private final Clock clock;
    private final Cache<String, ServedIndex> served =
            Caffeine.newBuilder().expireAfterWrite(FRESH).build();

    ProductSearch(QueryVectors queries, VectorStore store, Clock clock) {
        this.queries = queries;
        this.store = store;
        this.clock = clock;
    }

    SearchAnswer search(SearchRequest request, Optional<UploadedImage> image) {
        var start = clock.instant();
        var model = queries.model();
        Map<String, Embedding> vectors = new HashMap<>();
        request.text()
                .map(queries::ofText)
                .map(EmbedResponse::texts)
                .map(List::getFirst)
                .ifPresent(vector -> {
                    vectors.put(ProductVectors.TEXT, vector);
                    if (model.sharedSpace()) {
                        vectors.put(ProductVectors.IMAGE, vector);
                    }
                });
        image.map(queries::ofImage)
                .map(EmbedResponse::images)
                .map(List::getFirst)
                .ifPresent(vector -> vectors.put(ProductVectors.IMAGE, vector));
        var found = find(model.index(), new VectorStore.Query(vectors, request.filters(), request.limit()));
        var results = found.hits().stream().map(SearchAnswer.Result::of).toList();
        var took = Duration.between(start, clock.instant()).toMillis();
        return new SearchAnswer(results, model.model(), found.index(), took);
    }

    private record Found(String index, List<VectorStore.Hit> hits) {}

    /**
     * Searches the index that is served.
     *
     * @param first the index to search while no index is served yet
     */
    private Found find(String first, VectorStore.Query query) {
        try {
            return served().map(index -> new Found(index.name(), store.search(index, query)))
                    .orElseGet(() -> new Found(first, store.search(first, query)));
        } catch (RuntimeException e) {
            throw Outage.or(
                    e,
                    SearchProblem.VECTOR_STORE_UNAVAILABLE,
                    "Products cannot be searched now; try again in a moment.");
        }
    }

    private Optional<ServedIndex> served() {
        var known = served.getIfPresent(SERVED);
        if (known != null) {
            return Optional.of(known);
        }
        var found = store.servedIndex();
        found.ifPresent(index -> served.put(SERVED, index));
        return found;
    }
}
