package io.sluice.gateway.product;

import io.sluice.schemas.product.ProductSaved;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a product's form looks like, for the OpenAPI document; {@link ProductFields} reads it. */
@Schema(name = "ProductForm")
record ProductForm(
        @Schema(maxLength = ProductSaved.MAX_ID, description = "replaces what was known under this id")
        String productId,

        @Schema(maxLength = ProductSaved.MAX_NAME) String name,
        @Schema(maxLength = ProductSaved.MAX_DESCRIPTION) String description,

        @Schema(description = "a JSON object, the text of one, or any text, which is kept under `text`") @Nullable String metadata) {

    /** The same with a picture. */
    @Schema(name = "ProductFormWithImage")
    record WithImage(
            @Schema(maxLength = ProductSaved.MAX_ID) String productId,
            @Schema(maxLength = ProductSaved.MAX_NAME) String name,

            @Schema(maxLength = ProductSaved.MAX_DESCRIPTION)
            String description,

            @Nullable String metadata,

            @Schema(type = "string", format = "binary", description = "JPEG, PNG, WebP or GIF, at most 15 MB")
            String imageFile) {}
}
