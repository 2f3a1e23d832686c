package io.sluice.gateway.imports.rejected;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.imports.kind.Templates;
import io.sluice.imports.text.CellText;
import io.sluice.stores.imports.ImportLedger.Rejected;
import java.io.IOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Rejected rows as CSV (RFC 4180, UTF-8 with a byte order mark for Excel). */
final class CsvErrors implements ErrorsFile.Content {
    private final RejectedTable table;
    private final CSVFormat format;

    CsvErrors(RejectedTable table, char delimiter) {
        this.table = table;
        this.format = CSVFormat.RFC4180.builder().setDelimiter(delimiter).get();
    }

    @Override
    public byte[] head() throws IOException {
        return (Templates.BYTE_ORDER_MARK + csv(List.of(table.titles()))).getBytes(UTF_8);
    }

    @Override
    public byte[] rows(List<Rejected> rows) throws IOException {
        return csv(rows.stream().map(table::cells).toList()).getBytes(UTF_8);
    }

    @Override
    public byte[] end() {
        return new byte[0];
    }

    private String csv(List<List<String>> rows) throws IOException {
        var text = new StringBuilder();
        try (var printer = new CSVPrinter(text, format)) {
            for (var row : rows) {
                printer.printRecord(row.stream().map(CellText::guard));
            }
        }
        return text.toString();
    }
}
