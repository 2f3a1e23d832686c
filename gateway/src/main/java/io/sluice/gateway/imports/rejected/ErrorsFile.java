package io.sluice.gateway.imports.rejected;

import io.sluice.stores.imports.ImportLedger.Rejected;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A file of rejected rows. The stream reads the rows from the ledger page by page, so a page is in memory at a time. For
 * one thread.
 */
public final class ErrorsFile extends InputStream {
    private final IntFunction<List<Rejected>> rowsAfter;
    private final int rowsAPage;
    private final Content content;
    private @Nullable List<Rejected> next;
    private boolean hasEnd;
    private InputStream part;

    /** What the file consists of, as bytes in the order of the file. */
    interface Content extends Closeable {
        byte[] head() throws IOException;

        byte[] rows(List<Rejected> rows) throws IOException;

        byte[] end() throws IOException;

        /** Gives back what the content holds, also before its end. */
        @Override
        default void close() throws IOException {}
    }

    /** Makes the content of a file for the columns of its table. */
    private interface Form {
        Content of(RejectedTable table) throws IOException;
    }

    /**
     * Where the rows and the columns come from.
     *
     * @param header the header of the imported file; when null, the file has the headers of the first page's rows
     * @param fields the field that each column became, by header
     * @param rowsAfter reads the page after the row with this number
     * @param rowsAPage number of rows of a page; only the last page has fewer
     */
    public record Rows(
            @Nullable List<String> header,
            Map<String, String> fields,
            IntFunction<List<Rejected>> rowsAfter,
            int rowsAPage) {}

    private ErrorsFile(Rows rows, Form form) {
        this.rowsAfter = rows.rowsAfter();
        this.rowsAPage = rows.rowsAPage();
        var first = rowsAfter.apply(0);
        this.next = first;
        try {
            this.content = form.of(new RejectedTable(rows.header(), rows.fields(), first));
            this.part = new ByteArrayInputStream(content.head());
        } catch (IOException e) {
            throw new IllegalStateException("cannot write into memory", e);
        }
    }

    /** {@return the rows as CSV with this delimiter; the first page has been read} */
    public static InputStream csv(Rows rows, char delimiter) {
        return new ErrorsFile(rows, table -> new CsvErrors(table, delimiter));
    }

    /** {@return the rows as a workbook; the first page has been read} */
    public static InputStream xlsx(Rows rows) {
        return new ErrorsFile(rows, XlsxErrors::new);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        var read = part.read(into, offset, length);
        while (read < 0 && !hasEnd) {
            part = new ByteArrayInputStream(nextPart());
            read = part.read(into, offset, length);
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }

    private byte[] nextPart() throws IOException {
        if (next == null) {
            hasEnd = true;
            return content.end();
        }
        var bytes = content.rows(next);
        next = pageAfter(next);
        return bytes;
    }

    /**
     * When the next page cannot be read, the stream fails. The server then breaks off the connection, so the caller
     * sees that rows are missing.
     */
    private @Nullable List<Rejected> pageAfter(List<Rejected> page) throws IOException {
        try {
            return page.size() < rowsAPage
                    ? null
                    : rowsAfter.apply(page.getLast().rowNumber());
        } catch (RuntimeException e) {
            throw new IOException("the next rows cannot be read", e);
        }
    }
}
