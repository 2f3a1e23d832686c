package io.sluice.gateway.product.search;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes the form of a search in the OpenAPI document. {@link SearchRequest} reads the form. */
@Schema(name = "SearchForm", description = "A picture, a text, or both.")
record SearchFormSchema(
        @Schema(type = "string", format = "binary", description = "JPEG, PNG, WebP or GIF, at most 15 MB") @Nullable String imageFile,

        @Schema(description = "a text, alone or together with the picture") @Nullable String q,

        @Schema(minimum = "1", maximum = "100", defaultValue = "10") @Nullable Integer limit,

        @Schema(description = "`name:value`, an exact match on metadata; all must match") @Nullable List<String> filter) {}
