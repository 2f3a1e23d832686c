package io.sluice.embedder.http;

import io.micronaut.http.HttpStatus;

/** One item of a request cannot be embedded. */
final class ItemRefusedException extends RuntimeException {
    private final HttpStatus status;
    private final String code;
    private final String field;

    ItemRefusedException(String code, String field, String message) {
        this(HttpStatus.UNPROCESSABLE_ENTITY, code, field, message);
    }

    ItemRefusedException(HttpStatus status, String code, String field, String message) {
        super(message);
        this.status = status;
        this.code = code;
        this.field = field;
    }

    Problem problem() {
        return Problem.ofItem(status, code, new Problem.Item(field, String.valueOf(getMessage())));
    }
}
