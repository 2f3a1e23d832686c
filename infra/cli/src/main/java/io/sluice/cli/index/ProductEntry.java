package io.sluice.cli.index;

import java.nio.file.Path;
import java.util.Map;

/** One product of a source. */
sealed interface ProductEntry {
    /** {@return where it stands: {@code line 12}, {@code item 12} or a file's name} */
    String place();

    /** {@return its product id, empty when that cannot be read} */
    String id();

    /** {@return what a person calls it: {@code line 12 (sku-7)}} */
    default String name() {
        return id().isEmpty() ? place() : "%s (%s)".formatted(place(), id());
    }

    /**
     * A product without a picture.
     *
     * @param json on one line, as it is; whether it is a product is for the gateway to say
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Bare(String place, String id, byte[] json) implements ProductEntry {}

    /**
     * A product with a picture.
     *
     * @param fields of the form
     */
    record Pictured(String place, String id, Map<String, String> fields, Path picture) implements ProductEntry {
        public Pictured {
            fields = Map.copyOf(fields);
        }
    }

    /** Something that the gateway need not be asked about. */
    record Wrong(String place, String id, String reason) implements ProductEntry {}
}
