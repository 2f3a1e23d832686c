package io.sluice.gateway.problem;

import io.sluice.schemas.event.InvalidEventException;

/**
 * One wrong field.
 *
 * @param field its name as the caller wrote it
 * @param message what is wrong with it: {@code must not be blank}
 */
public record FieldError(String field, String message) {
    /** {@return the field that an event record refused} */
    public static FieldError of(InvalidEventException refused) {
        return new FieldError(refused.field(), refused.problem());
    }
}
