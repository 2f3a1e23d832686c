package io.sluice.stores.imports;

import io.sluice.stores.postgres.JsonColumns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns of an import's file.
 *
 * @param header empty while it is not known
 * @param names the field, or the name it is kept under, of each column that has another than its header
 */
record FileColumns(List<String> header, Map<String, String> names) {
    static FileColumns read(@Nullable String header, @Nullable String names) {
        return new FileColumns(
                header == null ? List.of() : JsonColumns.texts(header),
                names == null ? Map.of() : JsonColumns.textsByName(names));
    }

    /** {@return a row's values by header, as far as they were kept} */
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
