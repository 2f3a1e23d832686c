package io.sluice.gateway.search;

import io.sluice.gateway.image.UploadedImage;
import io.sluice.gateway.problem.Outage;
import io.sluice.gateway.problem.ProblemCode;
import io.sluice.schemas.embed.EmbedResponse;
import io.sluice.schemas.product.Embedding;
import io.sluice.schemas.product.ProductVectors;
import io.sluice.stores.vectors.VectorStore;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Query to vectors to hits. A text is near texts, and near pictures when the model puts both in one space. */
@Singleton
final class ProductSearch {
    private final QueryVectors queries;
    private final VectorStore store;
    private final Clock clock;

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
        var results = hits(new VectorStore.Query(vectors, request.filter(), request.limit())).stream()
                .map(SearchAnswer.Result::of)
                .toList();
        var took = Duration.between(start, clock.instant()).toMillis();
        return new SearchAnswer(results, model.model(), model.index(), took);
    }

    private List<VectorStore.Hit> hits(VectorStore.Query query) {
        try {
            return store.search(query);
        } catch (RuntimeException e) {
            throw Outage.or(
                    e, ProblemCode.VECTOR_STORE_UNAVAILABLE, "Products cannot be searched now; try again in a moment.");
        }
    }
}
