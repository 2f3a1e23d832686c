package io.sluice.gateway.product;

import io.sluice.schemas.event.Checks;
import io.sluice.schemas.product.Metadata;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.web.body.Submission;
import io.sluice.web.problem.FieldErrors;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Reads and checks the fields of a product. */
@Singleton
final class ProductFields {
    private final MetadataField metadata;

    ProductFields(MetadataField metadata) {
        this.metadata = metadata;
    }

    /**
     * Reads the fields, and adds the invalid ones to the errors. The caller must end the request when there are errors.
     */
    Draft read(Submission submission, FieldErrors errors) {
        return new Draft(
                text("product_id", ProductSaved.MAX_ID, submission, errors),
                text("name", ProductSaved.MAX_NAME, submission, errors),
                text("description", ProductSaved.MAX_DESCRIPTION, submission, errors),
                errors.check(() -> metadata.read(submission), Metadata.empty()));
    }

    private static String text(String field, int max, Submission submission, FieldErrors errors) {
        return errors.check(() -> Checks.text(field, submission.text(field), max), "");
    }

    /** A product whose picture is not stored yet. */
    record Draft(String productId, String name, String description, Metadata metadata) {
        ProductSaved with(@Nullable StoredObject image) {
            return new ProductSaved(productId, name, description, metadata, image);
        }
    }
}
