package io.sluice.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.importer.sheet.Row;
import io.sluice.importer.sheet.Row.Fault;
import io.sluice.importer.sheet.Row.Marks;
import io.sluice.imports.columns.RecognizedColumns;
import io.sluice.imports.kind.ImportKinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkedCellsTest {
    private static final String LONG = "123456789012346000";

    @TempDir
    private Path kinds;

    @Test
    void lostDigitsMatterEverywhereButInAmounts() throws IOException {
        Files.writeString(kinds.resolve("orders.yaml"), """
                description: Orders
                key: number
                unknown_columns: keep
                fields:
                  number:
                    example: a
                  count:
                    type: integer
                    example: 1
                  amount:
                    type: decimal
                    example: 1.5
                """);
        var kind = ImportKinds.load(Optional.of(kinds)).find("orders").orElseThrow();
        var marked = new MarkedCells(RecognizedColumns.recognize(
                kind, List.of("number", "count", "amount", "kept", ""), Map.of(), _ -> false));
        var row = new Row(
                2,
                List.of(LONG, LONG, LONG, LONG, LONG),
                Set.of(),
                Set.of(),
                List.of(),
                new Marks(false, Set.of(0, 1, 2, 3, 4), Map.of()));

        marked.count(row);

        assertThat(marked.faults(row)).extracting(Fault::column).containsExactly(0, 1, 3);
        assertThat(marked.notes())
                .containsExactly("1 number has more than 15 digits, of which a spreadsheet program keeps 15.");
    }
}
