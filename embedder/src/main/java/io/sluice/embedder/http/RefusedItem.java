package io.sluice.embedder.http;

import io.micronaut.http.HttpStatus;
import io.sluice.web.problem.FieldError;
import io.sluice.web.problem.Problem;
import io.sluice.web.problem.ProblemException;
import java.util.List;

/** Makes the problems of request items that cannot be embedded. */
final class RefusedItem {
    private RefusedItem() {}

    /** {@return a 422 for an item that cannot be used} */
    static ProblemException unusable(String code, String field, String message) {
        return because(HttpStatus.UNPROCESSABLE_ENTITY, code, field, message);
    }

    /**
     * {@return a problem for an item that cannot be embedded}
     *
     * @param field the item's place in the request: {@code images[2]}
     */
    static ProblemException because(HttpStatus status, String code, String field, String message) {
        return new ProblemException(Problem.of(status, status.getReason(), code, field + ": " + message)
                .withErrors(List.of(new FieldError(field, message))));
    }
}
