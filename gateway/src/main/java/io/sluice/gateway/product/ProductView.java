package io.sluice.gateway.product;

import io.sluice.gateway.product.image.ImageUrl;
import io.sluice.schemas.product.Metadata;
import io.sluice.stores.product.ProductLedger;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A product as callers see it.
 *
 * @param metadata always a JSON object
 * @param imageUrl the path of the picture on this server; left out when there is none
 * @param version increases with every change
 */
public record ProductView(
        String productId,
        String name,
        String description,
        @Schema(implementation = Object.class) Metadata metadata,
        @Nullable String imageUrl,
        long version) {

    static ProductView of(ProductLedger.Known known) {
        var product = known.product();
        return new ProductView(
                product.productId(),
                product.name(),
                product.description(),
                product.metadata(),
                product.image() == null ? null : ImageUrl.of(product.productId()),
                known.version());
    }
}
