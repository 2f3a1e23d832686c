package io.sluice.gateway.product;

import io.sluice.schemas.event.Checks;
import io.sluice.schemas.product.Metadata;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.web.body.BodyFields;
import io.sluice.web.body.FormLimits;
import io.sluice.web.body.Submission;
import io.sluice.web.problem.FieldErrors;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and checks the fields of a product. */
@Singleton
final class ProductFields {
    private static final String ID = "product_id";
    private static final String NAME = "name";
    private static final String DESCRIPTION = "description";

    private final MetadataField metadata;

    ProductFields(MetadataField metadata) {
        this.metadata = metadata;
    }

    /** {@return the fields of a product, in a body with these limits} */
    static BodyFields within(FormLimits limits) {
        return BodyFields.ofTexts(limits, ID, NAME, DESCRIPTION, MetadataField.NAME);
    }

    /**
     * Reads the fields, and adds the invalid ones to the errors. The caller must end the request when there are errors.
     */
    Draft read(Submission submission, FieldErrors errors) {
        var id = text(ID, ProductSaved.MAX_ID, submission, errors);
        var name = text(NAME, ProductSaved.MAX_NAME, submission, errors);
        var description = text(DESCRIPTION, ProductSaved.MAX_DESCRIPTION, submission, errors);
        var sent = errors.check(() -> metadata.read(submission), MetadataField.Sent.NOTHING);
        return new Draft(id, name, description, sent.metadata(), sent.warnings(), false);
    }

    private static String text(String field, int max, Submission submission, FieldErrors errors) {
        return errors.check(() -> Checks.text(field, submission.text(field), max), "");
    }

    /**
     * A product whose picture is not stored yet.
     *
     * @param warnings what the sender may have meant otherwise
     * @param removesPicture whether the product has a picture, which it loses
     */
    record Draft(
            String productId,
            String name,
            String description,
            Metadata metadata,
            List<String> warnings,
            boolean removesPicture) {
        Draft {
            warnings = List.copyOf(warnings);
        }

        Draft removingPicture(boolean removes) {
            return new Draft(productId, name, description, metadata, warnings, removes);
        }

        ProductSaved with(@Nullable StoredObject image) {
            return new ProductSaved(productId, name, description, metadata, image);
        }
    }
}
