package io.sluice.importer.json;

import static io.sluice.importer.sheet.ImporterFailure.FILE_DAMAGED;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.sluice.importer.sheet.FileRefusedException;
import io.sluice.importer.sheet.Row;
import io.sluice.importer.sheet.RowCursor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a JSON file. The header comes first and has the names of all objects. */
final class JsonRows implements RowCursor {
    private static final int HEADER_ROW = 0;

    private final JsonItems items;
    private final Map<String, Integer> columns;
    private boolean inHeader;

    /**
     * Begins before the header.
     *
     * @param columns by name, from 0
     * @param hasHeader whether the file has rows; without rows there is no header
     */
    JsonRows(JsonItems items, Map<String, Integer> columns, boolean hasHeader) {
        this.items = items;
        this.columns = columns;
        this.inHeader = hasHeader;
    }

    @Override
    public @Nullable Row next() {
        if (inHeader) {
            inHeader = false;
            return new Row(HEADER_ROW, List.copyOf(columns.keySet()), List.of());
        }
        var item = item();
        return item == null ? null : row(item);
    }

    /** {@return the next item; null after the last one} */
    @Nullable JsonItem item() {
        try {
            return items.next();
        } catch (JsonProcessingException e) {
            throw damaged(e);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot be read", e);
        }
    }

    private Row row(JsonItem item) {
        var cells = new ArrayList<>(Collections.nCopies(columns.size(), ""));
        var missing = new HashSet<>(columns.values());
        var numbers = new HashSet<Integer>();
        item.values().forEach((name, value) -> {
            var column = columns.get(name);
            if (column != null) {
                cells.set(column, value);
                missing.remove(column);
                if (item.numbers().contains(name)) {
                    numbers.add(column);
                }
            }
        });
        return new Row(item.number(), cells, numbers, missing, item.faults());
    }

    private static FileRefusedException damaged(JsonProcessingException e) {
        var at = e.getLocation();
        var where = at == null ? "" : " at line %,d, column %,d".formatted(at.getLineNr(), at.getColumnNr());
        return new FileRefusedException(
                FILE_DAMAGED, "The rows are not valid JSON%s: %s.".formatted(where, e.getOriginalMessage()), e);
    }

    @Override
    public void close() {
        try {
            items.close();
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot be closed", e);
        }
    }
}
