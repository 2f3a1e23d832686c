package io.sluice.web.problem;

import io.sluice.schemas.event.InvalidEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects what is wrong with a request's fields, so that the caller learns all of it at once. */
public final class FieldErrors {
    private final List<FieldError> errors = new ArrayList<>();

    /** {@return what the check gives; when it refuses, {@code otherwise}, and the refusal is noted} */
    public <T> T check(Supplier<T> check, T otherwise) {
        try {
            return check.get();
        } catch (InvalidEventException e) {
            errors.add(FieldError.of(e));
            return otherwise;
        }
    }

    /** Notes that a field is wrong. */
    public void add(String field, String message) {
        errors.add(new FieldError(field, message));
    }

    /** {@return whether nothing was wrong so far} */
    public boolean isEmpty() {
        return errors.isEmpty();
    }

    /** Ends the request when anything was wrong. */
    public void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.ofFields(errors));
        }
    }
}
