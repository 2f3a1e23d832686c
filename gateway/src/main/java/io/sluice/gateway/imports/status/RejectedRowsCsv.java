package io.sluice.gateway.imports.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.imports.kind.Templates;
import io.sluice.imports.text.CellText;
import io.sluice.stores.imports.ImportLedger.Rejected;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Rejected rows as CSV (RFC 4180, UTF-8 with a byte order mark): the file's own columns, {@code row_number} and
 * {@code error}. The stream reads the rows from the ledger page by page. For one thread.
 */
final class RejectedRowsCsv extends InputStream {
    private static final String ROW_NUMBER = "row_number";
    private static final String ERROR = "error";

    private final IntFunction<List<Rejected>> rowsAfter;
    private final int rowsAPage;
    private final List<String> columns;
    private @Nullable List<Rejected> next;
    private InputStream page;

    /**
     * Reads the first page.
     *
     * @param header the header of the file; when null, the stream uses the headers of the first page's rows
     * @param rowsAfter reads the page after the row with this number
     * @param rowsAPage number of rows of a page; only the last page has fewer
     */
    RejectedRowsCsv(@Nullable List<String> header, IntFunction<List<Rejected>> rowsAfter, int rowsAPage) {
        this.rowsAfter = rowsAfter;
        this.rowsAPage = rowsAPage;
        var first = rowsAfter.apply(0);
        this.columns = columns(header == null ? headerOf(first) : header);
        this.next = first;
        this.page = new ByteArrayInputStream((Templates.BYTE_ORDER_MARK + csv(List.of(titles()))).getBytes(UTF_8));
    }

    private static List<String> headerOf(List<Rejected> rows) {
        var header = new LinkedHashSet<String>();
        rows.forEach(row -> header.addAll(row.cells().keySet()));
        return List.copyOf(header);
    }

    /** Leaves out our two columns, which a file that was corrected and sent again already has. */
    private static List<String> columns(List<String> header) {
        return header.stream()
                .filter(name -> !name.equalsIgnoreCase(ROW_NUMBER) && !name.equalsIgnoreCase(ERROR))
                .toList();
    }

    private List<String> titles() {
        var titles = new ArrayList<>(columns);
        titles.add(ROW_NUMBER);
        titles.add(ERROR);
        return titles;
    }

    private List<String> cells(Rejected row) {
        var cells = new ArrayList<String>();
        columns.forEach(column -> cells.add(row.cells().getOrDefault(column, "")));
        cells.add(String.valueOf(row.rowNumber()));
        cells.add(RejectedRows.reasonText(row));
        return cells;
    }

    private static String csv(List<List<String>> rows) {
        var text = new StringBuilder();
        try (var printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
            for (var row : rows) {
                printer.printRecord(row.stream().map(CellText::guard));
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot write to a text in memory", e);
        }
        return text.toString();
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        var read = page.read(into, offset, length);
        while (read < 0 && next != null) {
            startPage(next);
            read = page.read(into, offset, length);
        }
        return read;
    }

    /**
     * When the next page cannot be read, the stream fails. The server then breaks off the connection, so the caller
     * sees that rows are missing.
     */
    private void startPage(List<Rejected> rows) throws IOException {
        page = new ByteArrayInputStream(
                csv(rows.stream().map(this::cells).toList()).getBytes(UTF_8));
        try {
            next = rows.size() < rowsAPage
                    ? null
                    : rowsAfter.apply(rows.getLast().rowNumber());
        } catch (RuntimeException e) {
            throw new IOException("the next rows cannot be read", e);
        }
    }
}
