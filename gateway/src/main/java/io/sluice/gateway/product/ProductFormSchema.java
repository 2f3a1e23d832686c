package io.sluice.gateway.product;

import io.sluice.schemas.product.ProductSaved;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a product's form looks like, for the OpenAPI document; {@link ProductFields} reads it. */
@Schema(name = "ProductForm", description = "A product, whole.")
public record ProductFormSchema(
        @Schema(
                maxLength = ProductSaved.MAX_ID,
                description = "replaces what was known under this id",
                example = "test-123")
        String productId,

        @Schema(maxLength = ProductSaved.MAX_NAME, example = "Garden chair")
        String name,

        @Schema(maxLength = ProductSaved.MAX_DESCRIPTION, example = "Folds flat, acacia wood")
        String description,

        @Schema(
                description = "a JSON object, the text of one, or any text, which is kept under `text`",
                example = "extra-data")
        @Nullable String metadata) {

    /** The same with a picture. */
    @Schema(name = "ProductFormWithImage", description = "A product, whole, with its picture.")
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
