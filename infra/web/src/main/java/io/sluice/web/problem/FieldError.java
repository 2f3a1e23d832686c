package io.sluice.web.problem;

import io.sluice.schemas.event.InvalidEventException;
import io.swagger.v3.oas.annotations.media.Schema;

/** One wrong field. */
@Schema(description = "One wrong field.")
public record FieldError(
        @Schema(description = "its name as the caller wrote it")
        String field,

        @Schema(description = "what is wrong with it: `must not be blank`")
        String message) {
    /** {@return the field that an event record refused} */
    public static FieldError of(InvalidEventException refused) {
        return new FieldError(refused.field(), refused.problem());
    }
}
