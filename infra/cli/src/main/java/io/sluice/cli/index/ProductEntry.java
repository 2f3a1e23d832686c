package io.sluice.cli.index;

import java.nio.file.Path;
import java.util.Map;

/** One product of a source. */
sealed interface ProductEntry {
    /** {@return its place in the source: {@code line 12}, {@code item 12} or the name of a file} */
    String place();

    /** {@return its product id; empty when it cannot be read} */
    String id();

    /** {@return its name for a person: {@code line 12 (sku-7)}} */
    default String name() {
        return id().isEmpty() ? place() : "%s (%s)".formatted(place(), id());
    }

    /**
     * A product without a picture.
     *
     * @param json one line, unchanged; the gateway checks whether it is a product
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Bare(String place, String id, byte[] json) implements ProductEntry {}

    /**
     * A product with a picture.
     *
     * @param fields the fields of the form
     */
    record Pictured(String place, String id, Map<String, String> fields, Path picture) implements ProductEntry {
        public Pictured {
            fields = Map.copyOf(fields);
        }
    }

    /** An entry that cannot be sent. */
    record Wrong(String place, String id, String reason) implements ProductEntry {}
}
