package io.sluice.stores.imports;

import io.sluice.stores.imports.RowStore.Row;
import java.util.Optional;

/**
 * The position of a row in the file of its import. A record that is delivered again has the same position, even when
 * its content differs.
 */
public record RowPosition(String importId, int rowNumber) {
    /** {@return the position of a row; empty when it belongs to no import} */
    public static Optional<RowPosition> of(Row row) {
        var importId = row.data().importId();
        var rowNumber = row.data().rowNumber();
        return importId == null || rowNumber == null
                ? Optional.empty()
                : Optional.of(new RowPosition(importId, rowNumber));
    }
}
