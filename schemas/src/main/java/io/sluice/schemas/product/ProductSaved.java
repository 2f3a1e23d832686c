package io.sluice.schemas.product;

import io.sluice.schemas.event.Checks;
import io.sluice.schemas.event.EntityEvent;
import io.sluice.schemas.wire.StoredObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The full state of a product. It replaces everything that was known under its id.
 *
 * @param productId at most {@value #MAX_ID} characters
 * @param name at most {@value #MAX_NAME} characters
 * @param description at most {@value #MAX_DESCRIPTION} characters
 * @param metadata empty when the sender gave none; at most {@value Metadata#MAX_DEPTH} levels deep and {@value
 *     Metadata#MAX_BYTES} bytes
 * @param image reference to its image in the object store; null for a product without an image
 */
public record ProductSaved(
        String productId,
        String name,
        String description,
        Metadata metadata,
        @Nullable StoredObject image) implements EntityEvent {
    public static final int MAX_ID = 255;
    public static final int MAX_NAME = 1_000;
    public static final int MAX_DESCRIPTION = 20_000;

    public ProductSaved {
        Checks.text("product_id", productId, MAX_ID);
        Checks.text("name", name, MAX_NAME);
        Checks.text("description", description, MAX_DESCRIPTION);
        metadata = Objects.requireNonNullElse(metadata, Metadata.empty()).storable();
    }

    @Override
    public String key() {
        return productId;
    }
}
