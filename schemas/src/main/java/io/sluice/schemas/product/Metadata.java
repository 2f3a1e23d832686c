package io.sluice.schemas.product;

import io.sluice.schemas.event.InvalidEventException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Free data about a product: a JSON object. On the wire it is an object or a text; a text is kept in the object under
 * {@value #TEXT}.
 *
 * @param values JSON values: String, Boolean, a Number, List, Map or null
 */
public record Metadata(Map<String, @Nullable Object> values) {
    /** The name under which metadata that was sent as text is kept. */
    public static final String TEXT = "text";

    /** The deepest nesting, in objects and lists. Qdrant's protocol allows more, but not much. */
    public static final int MAX_DEPTH = 20;

    /** The largest size, as JSON in UTF-8. With the other fields, a product stays below Kafka's megabyte. */
    public static final int MAX_BYTES = 900_000;

    private static final Metadata EMPTY = new Metadata(Map.of());

    public Metadata {
        values = copy(values);
    }

    /** {@return the empty object} */
    public static Metadata empty() {
        return EMPTY;
    }

    /** {@return the object with these JSON values; the values themselves may be null} */
    public static Metadata of(Map<String, @Nullable Object> values) {
        return new Metadata(values);
    }

    /** {@return the object for metadata that was sent as text; empty when the text is blank} */
    public static Metadata ofText(String text) {
        return text.isBlank() ? EMPTY : new Metadata(Map.of(TEXT, text));
    }

    /**
     * {@return this metadata, if every store can keep it}
     *
     * @throws InvalidEventException when it is too deep or too large, or has a number or a text that a store refuses
     */
    public Metadata storable() {
        MetadataRules.check(values);
        return this;
    }

    private static Map<String, @Nullable Object> copy(Map<?, ?> values) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        values.forEach((name, value) -> copy.put(String.valueOf(name), copyOf(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static @Nullable Object copyOf(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> map -> copy(map);
            case List<?> list -> copy(list);
            case String text -> text;
            case Number number -> number;
            case Boolean truth -> truth;
            default -> throw new IllegalArgumentException("not a JSON value: " + value.getClass());
        };
    }

    private static List<@Nullable Object> copy(List<?> list) {
        var copy = new ArrayList<@Nullable Object>(list.size());
        list.forEach(item -> copy.add(copyOf(item)));
        return Collections.unmodifiableList(copy);
    }
}
