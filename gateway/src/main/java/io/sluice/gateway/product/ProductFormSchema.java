package io.sluice.gateway.product;

import io.sluice.schemas.product.ProductSaved;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Describes the form of a product in the OpenAPI document. {@link ProductFields} reads the form. */
@Schema(name = "ProductForm", description = "A complete product.")
public record ProductFormSchema(
        @Schema(
                maxLength = ProductSaved.MAX_ID,
                description = "the product replaces the one that has this id as a whole, with its picture and metadata",
                example = "test-123")
        String productId,

        @Schema(maxLength = ProductSaved.MAX_NAME, example = "Garden chair")
        String name,

        @Schema(maxLength = ProductSaved.MAX_DESCRIPTION, example = "Folds flat, acacia wood")
        String description,

        @Schema(
                description =
                        "a JSON object, a text that contains one, or any other text, which is stored under `text`",
                example = "extra-data")
        @Nullable String metadata) {

    /** The same form with a picture. */
    @Schema(name = "ProductFormWithImage", description = "A complete product with its picture.")
    public record WithImage(
            @Schema(maxLength = ProductSaved.MAX_ID, example = "test-124")
            String productId,

            @Schema(maxLength = ProductSaved.MAX_NAME, example = "Red mug")
            String name,

            @Schema(maxLength = ProductSaved.MAX_DESCRIPTION, example = "Holds 300 ml")
            String description,

            @Schema(example = "extra-data") @Nullable String metadata,

            @Schema(type = "string", format = "binary", description = "JPEG, PNG, WebP or GIF, at most 15 MB")
            String imageFile) {}
}
