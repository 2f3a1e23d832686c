package io.sluice.stores;

import io.sluice.schemas.product.Embedding;
import io.sluice.schemas.product.Metadata;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.product.ProductVectors;
import io.sluice.schemas.wire.StoredObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sample products for tests. */
public final class Products {
    /** Dimensions of the vectors that {@link #vectors} makes. */
    public static final Map<String, Integer> DIMENSIONS = Map.of("text", 3, "image", 2);

    /** The image of some products. */
    public static final StoredObject IMAGE =
            new StoredObject("sluice", "products/" + "ab".repeat(32), "ab".repeat(32), "image/png", 42);

    private Products() {}

    /** {@return a product without an image} */
    public static ProductSaved product(String id, String name) {
        return product(id, name, Metadata.empty(), null);
    }

    /** {@return a product} */
    public static ProductSaved product(String id, String name, Metadata metadata, @Nullable StoredObject image) {
        return new ProductSaved(id, name, "Description of " + name, metadata, image);
    }

    /** {@return a product with a text vector of 3 components} */
    public static ProductVectors vectors(ProductSaved product, float... text) {
        return new ProductVectors(product, "test", DIMENSIONS, Map.of("text", Embedding.of(text)));
    }

    /** {@return a product with a text vector of 3 and an image vector of 2 components} */
    public static ProductVectors vectors(ProductSaved product, float[] text, float[] image) {
        return new ProductVectors(
                product, "test", DIMENSIONS, Map.of("text", Embedding.of(text), "image", Embedding.of(image)));
    }
}
