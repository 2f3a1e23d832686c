package io.sluice.web.problem;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A field that the newer version of an entity has otherwise. */
@Schema(description = "A field that the newer version of the entity has otherwise.")
public record FieldDifference(
        @Schema(description = "the path of the field, such as `metadata.color`")
        String field,

        @Schema(type = "object", description = "its value in the newer version; left out when it has none") @Nullable JsonNode newer,

        @Schema(type = "object", description = "its value in the value that was sent; left out when it has none")
        @Nullable JsonNode yours) {}
