package io.sluice.schemas.imports;

import static java.util.stream.Collectors.joining;

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
 * A record on {@code import-rows.v1}: a row to write, a row of an import that was rejected, or the end of an import.
 * The records of an import are on several partitions, so its end may be read before its rows.
 */
public sealed interface ImportRow extends Event {
    /**
     * A row to write, with the key {@code kind:natural key}.
     *
     * @param kind name of the import kind, such as {@code companies}
     * @param importId the import that it belongs to; null when an upstream system wrote it
     * @param rowNumber its number in the file, whose header is row 1; null when it belongs to no import
     * @param fields values by field name; a value under another name is stored with the row if the kind keeps such
     *     values. An empty text clears the field; a field that is missing stays as it is. Of JSON's other values, null
     *     is read as the empty text, a number or boolean as its text, an object or array as its JSON
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
                throw new InvalidEventException("row_number", "must be set together with import_id");
            }
            if (importId != null) {
                Checks.text("import_id", importId, MAX);
            }
        }

        /** {@return the key of a row with this natural key} */
        public static String key(String kind, String naturalKey) {
            return kind + ":" + naturalKey;
        }

        /**
         * {@return whether the key names this kind; only the description of the kind can tell whether it names this
         * row}
         */
        @Override
        public boolean belongsUnder(String key) {
            return key.startsWith(kind + ":");
        }
    }

    /**
     * A row of an import that cannot be written, with the key {@code import_id:row_number}.
     *
     * @param cells its values as in the file, by header
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

        /** {@return the key of this rejection} */
        public String key() {
            return importId + ":" + rowNumber;
        }

        @Override
        public boolean belongsUnder(String key) {
            return key().equals(key);
        }
    }

    /**
     * The end of an import, with the key {@code import_id}: every row of the file has been written to the topic.
     *
     * @param rowsTotal how many rows the file has, including rejected ones
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
     * @param field the wrong field; null when the row as a whole is wrong
     * @param message what is wrong, for the author of the file; if there is a field, it continues the name of the
     *     field, such as {@code must have 14 digits, has 13}
     */
    record Reason(@Nullable String field, String message) {
        public Reason {
            Checks.required("message", message);
        }

        /** {@return the reason as a full sentence, which begins with the field if there is one} */
        public String sentence() {
            return field == null ? message : field + " " + message;
        }

        /** {@return all reasons of a row as one text} */
        public static String sentences(List<Reason> reasons) {
            return reasons.stream().map(Reason::sentence).collect(joining("; "));
        }
    }

    /** Maximum length of an id, and of the name of a kind. */
    int MAX = 255;
}
