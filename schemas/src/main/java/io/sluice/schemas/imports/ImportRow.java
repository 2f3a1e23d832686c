package io.sluice.schemas.imports;

import io.sluice.schemas.event.Checks;
import io.sluice.schemas.event.Event;
import io.sluice.schemas.event.InvalidEventException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What there is on {@code import-rows.v1}: rows to be written, rows of an import that were rejected, and the ends of
 * imports. An import's records come on several partitions, so its end may be read before its rows.
 */
public sealed interface ImportRow extends Event {
    /**
     * A row to be written, under {@code kind:natural key}.
     *
     * @param kind name of the import kind, such as {@code companies}
     * @param importId the import it is part of; null when an upstream system wrote it
     * @param rowNumber its place in the file, whose header is row 1; null when it is part of no import
     * @param fields by field name; names that the kind does not know are kept with the row. An empty text
     *     empties the field, and a field that is missing is left as it is. Of JSON's other values null is taken as the
     *     empty text, a number or boolean as its text, an object or array as its JSON
     */
    record Data(
            String kind,
            @Nullable String importId,
            @Nullable Integer rowNumber,
            Map<String, String> fields) implements ImportRow {
        public Data {
            Checks.text("kind", kind, MAX);
            Checks.required("fields", fields);
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
            if ((importId == null) != (rowNumber == null)) {
                throw new InvalidEventException("row_number", "goes with import_id: both or neither");
            }
            if (importId != null) {
                Checks.text("import_id", importId, MAX);
            }
        }

        /** {@return the key of a row} */
        public static String key(String kind, String naturalKey) {
            return kind + ":" + naturalKey;
        }

        /** {@return whether the key is of this kind; whether it names this row, its kind's description knows} */
        @Override
        public boolean belongsUnder(String key) {
            return key.startsWith(kind + ":");
        }
    }

    /**
     * A row that cannot be written, under {@code import_id:row_number}.
     *
     * @param cells as they are in the file, by header
     */
    record Rejection(String importId, int rowNumber, Map<String, String> cells, List<Reason> reasons)
            implements ImportRow {
        public Rejection {
            Checks.text("import_id", importId, MAX);
            cells = Collections.unmodifiableMap(new LinkedHashMap<>(Objects.requireNonNullElse(cells, Map.of())));
            reasons = List.copyOf(Checks.required("reasons", reasons));
            if (reasons.isEmpty()) {
                throw new InvalidEventException("reasons", "must not be empty");
            }
        }

        /** {@return the key of a rejection} */
        public String key() {
            return importId + ":" + rowNumber;
        }

        @Override
        public boolean belongsUnder(String key) {
            return key().equals(key);
        }
    }

    /**
     * Everything in the file has been passed on, under {@code import_id}.
     *
     * @param rowsTotal how many rows there are, rejected ones included
     */
    record End(String importId, int rowsTotal) implements ImportRow {
        public End {
            Checks.text("import_id", importId, MAX);
            if (rowsTotal < 0) {
                throw new InvalidEventException("rows_total", "must not be negative");
            }
        }

        @Override
        public boolean belongsUnder(String key) {
            return key.equals(importId);
        }
    }

    /**
     * Why a row is rejected.
     *
     * @param field the field that is wrong; null when it is the row as a whole
     * @param message in words, fit for whoever made the file; it goes on from the field's name when there is one, such as
     *     {@code must have 14 digits, has 13}
     */
    record Reason(@Nullable String field, String message) {
        public Reason {
            Checks.required("message", message);
        }

        /** {@return it as a sentence of its own} */
        public String sentence() {
            return field == null ? message : field + " " + message;
        }
    }

    /** Longest id and longest name of a kind. */
    int MAX = 255;
}
