package io.sluice.web.problem;

import io.sluice.schemas.event.InvalidEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects the invalid fields of a request, so that one answer names all of them. */
public final class FieldErrors {
    private final List<FieldError> errors = new ArrayList<>();

    /**
     * Returns the result of the check, or {@code fallback} when the check refuses the field. A refusal is added to the
     * errors.
     */
    public <T> T check(Supplier<T> check, T fallback) {
        try {
            return check.get();
        } catch (InvalidEventException e) {
            errors.add(FieldError.of(e));
            return fallback;
        }
    }

    /** Adds an invalid field. */
    public void add(String field, String message) {
        errors.add(new FieldError(field, message));
    }

    /** {@return whether no field is invalid so far} */
    public boolean isEmpty() {
        return errors.isEmpty();
    }

    /**
     * Ends the request when any field is invalid.
     *
     * @throws ProblemException {@code VALIDATION_FAILED}, with every error added so far
     */
    public void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.ofFields(errors));
        }
    }
}
