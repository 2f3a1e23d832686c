package io.sluice.gateway.product.search;

import io.sluice.gateway.product.image.ImageUrl;
import io.sluice.schemas.product.Metadata;
import io.sluice.stores.product.VectorStore;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The products that a search found.
 *
 * @param results best first
 * @param model the model that made the query's vectors
 * @param index the index that was searched, which is the served one
 */
record SearchAnswer(List<Result> results, String model, String index, long tookMs) {
    /**
     * One product that the search found.
     *
     * @param score larger is better; comparable within one answer only
     * @param imageUrl the path of the picture on this server; left out when the product has none
     */
    record Result(
            String productId,
            String name,
            String description,
            @Schema(implementation = Object.class) Metadata metadata,
            float score,
            @Nullable String imageUrl) {

        static Result of(VectorStore.Hit hit) {
            return new Result(
                    hit.productId(),
                    hit.name(),
                    hit.description(),
                    hit.metadata(),
                    hit.score(),
                    hit.imageSha256() == null ? null : ImageUrl.of(hit.productId()));
        }
    }
}
