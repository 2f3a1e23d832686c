package io.sluice.schemas.imports;

import java.util.List;

/**
 * Rows of one file that have the same key and different content. The last of them wins.
 *
 * @param key their natural key
 * @param rows the numbers of the first of them, in order
 */
public record MergedRows(String key, List<Integer> rows) {
    public MergedRows {
        rows = List.copyOf(rows);
    }
}
