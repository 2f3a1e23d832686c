package io.sluice.schemas.product;

import static io.sluice.schemas.product.Metadata.MAX_BYTES;
import static io.sluice.schemas.product.Metadata.MAX_DEPTH;

import io.sluice.schemas.event.Checks;
import io.sluice.schemas.event.InvalidEventException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks that Kafka, Postgres and Qdrant can store metadata. One check of one product; it counts the bytes of the JSON as
 * it goes.
 */
final class MetadataRules {
    private static final String FIELD = "metadata";
    private static final int ESCAPED = "\\u0000".length();

    private long bytes;

    private MetadataRules() {}

    /** @throws InvalidEventException when a store could not keep the metadata */
    static void check(Map<String, @Nullable Object> values) {
        var rules = new MetadataRules();
        rules.value(values, 1);
        if (rules.bytes > MAX_BYTES) {
            throw new InvalidEventException(
                    FIELD, "must have at most %,d bytes as JSON, has %,d".formatted(MAX_BYTES, rules.bytes));
        }
    }

    private void value(@Nullable Object value, int depth) {
        switch (value) {
            case null -> bytes += "null".length();
            case Map<?, ?> map -> {
                nested(depth, map.size());
                map.forEach((name, child) -> {
                    text(String.valueOf(name));
                    bytes++; // the colon
                    value(child, depth + 1);
                });
            }
            case List<?> list -> {
                nested(depth, list.size());
                list.forEach(child -> value(child, depth + 1));
            }
            case String text -> text(text);
            case Number number -> number(number);
            default -> bytes += String.valueOf(value).length();
        }
    }

    /** An object or a list: its brackets, and the commas between its children. */
    private void nested(int depth, int children) {
        if (depth > MAX_DEPTH) {
            throw new InvalidEventException(FIELD, "must not be nested more than " + MAX_DEPTH + " levels deep");
        }
        bytes += 2 + Math.max(0, children - 1);
    }

    private void number(Number number) {
        if (!Double.isFinite(number.doubleValue())) {
            throw new InvalidEventException(FIELD, "must not have numbers beyond 1.8e308");
        }
        bytes += number.toString().length();
    }

    private void text(String text) {
        Checks.storable(FIELD, text);
        bytes += 2; // the quotes
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c < ' ') {
                bytes += "\b\t\n\f\r".indexOf(c) >= 0 ? 2 : ESCAPED;
            } else if (c == '"' || c == '\\') {
                bytes += 2;
            } else if (c < 0x80) {
                bytes++;
            } else {
                bytes += c < 0x800 || Character.isSurrogate(c) ? 2 : 3; // a surrogate pair has four bytes
            }
        }
    }
}
