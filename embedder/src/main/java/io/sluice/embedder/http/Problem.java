package io.sluice.embedder.http;

import io.micronaut.http.HttpStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Problem details (RFC 9457).
 *
 * @param code the kind of problem, for programs
 * @param errors the items that are wrong, each by its place in the request: {@code images[2]}
 */
record Problem(
        String type,
        String title,
        int status,
        @Nullable String detail,
        String code,
        @Nullable List<Item> errors) {
    static final String MEDIA_TYPE = "application/problem+json";

    /** One item that is wrong. */
    record Item(String field, String message) {}

    Problem {
        errors = errors == null ? null : List.copyOf(errors);
    }

    static Problem of(HttpStatus status, @Nullable String detail) {
        return new Problem("about:blank", status.getReason(), status.getCode(), detail, status.name(), null);
    }

    static Problem ofItem(HttpStatus status, String code, Item item) {
        return new Problem(
                "about:blank",
                status.getReason(),
                status.getCode(),
                item.field() + ": " + item.message(),
                code,
                List.of(item));
    }
}
