package io.sluice.stores.imports;

import io.sluice.stores.postgres.JsonColumns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns of an import's file.
 *
 * @param header the header row; empty while it is not known
 * @param names the name that the values of a column are stored under, by header; only for columns where the two differ
 */
record FileColumns(List<String> header, Map<String, String> names) {
    static FileColumns read(@Nullable String header, @Nullable String names) {
        return new FileColumns(
                header == null ? List.of() : JsonColumns.texts(header),
                names == null ? Map.of() : JsonColumns.textsByName(names));
    }

    /** {@return a row's values by header; a column without a stored value is left out} */
    Map<String, String> cells(Map<String, String> fields) {
        if (header.isEmpty()) {
            return fields;
        }
        var cells = new LinkedHashMap<String, String>();
        for (var column : header) {
            var value = fields.get(names.getOrDefault(column, column));
            if (value != null) {
                cells.put(column, value);
            }
        }
        return cells;
    }
}
