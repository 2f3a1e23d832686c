package io.sluice.schemas.product;

import io.sluice.schemas.event.Checks;
import io.sluice.schemas.event.EntityEvent;
import io.sluice.schemas.event.InvalidEventException;
import java.util.Map;

/**
 * A product with the vectors that one model made from it.
 *
 * @param product the state that the vectors were made from
 * @param model name of the model, such as {@code builtin}
 * @param dimensions of every vector that the model can make, by vector name, so that a sink can prepare for all of them
 * @param vectors by vector name: {@value #TEXT} always, {@value #IMAGE} when the product has an image
 */
public record ProductVectors(
        ProductSaved product, String model, Map<String, Integer> dimensions, Map<String, Embedding> vectors)
        implements EntityEvent {
    public static final String TEXT = "text";
    public static final String IMAGE = "image";

    private static final int MAX_MODEL = 255;

    public ProductVectors {
        Checks.required("product", product);
        Checks.text("model", model, MAX_MODEL);
        dimensions = Map.copyOf(Checks.required("dimensions", dimensions));
        vectors = Map.copyOf(Checks.required("vectors", vectors));
        if (vectors.isEmpty()) {
            throw new InvalidEventException("vectors", "must not be empty");
        }
        for (var vector : vectors.entrySet()) {
            var declared = dimensions.get(vector.getKey());
            if (declared == null || declared != vector.getValue().dimension()) {
                throw new InvalidEventException("vectors", "must have the declared dimensions: " + vector);
            }
        }
    }

    @Override
    public String key() {
        return product.productId();
    }
}
