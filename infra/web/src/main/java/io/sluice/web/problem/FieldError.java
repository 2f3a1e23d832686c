package io.sluice.web.problem;

import io.sluice.schemas.event.InvalidEventException;
import io.swagger.v3.oas.annotations.media.Schema;

/** An invalid field of a request. */
@Schema(description = "An invalid field of the request.")
public record FieldError(
        @Schema(description = "the name of the field") String field,

        @Schema(description = "what is wrong with the field, such as `must not be blank`")
        String message) {
    /** {@return the field that an event record or a check refused} */
    public static FieldError of(InvalidEventException refused) {
        return new FieldError(refused.field(), refused.problem());
    }
}
