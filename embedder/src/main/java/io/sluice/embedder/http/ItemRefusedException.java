package io.sluice.embedder.http;

/** One item of a request cannot be embedded. */
final class ItemRefusedException extends RuntimeException {
    private final String code;
    private final String field;

    ItemRefusedException(String code, String field, String message) {
        super(message);
        this.code = code;
        this.field = field;
    }

    Problem problem() {
        return Problem.ofItem(code, new Problem.Item(field, String.valueOf(getMessage())));
    }
}
