package io.sluice.importer;

import io.sluice.importer.RowMaker.Made;
import io.sluice.importer.sheet.RowCursor;
import io.sluice.importer.sheet.Sheet;
import io.sluice.schemas.Topics;
import org.jspecify.annotations.Nullable;

/** Reads a file that is known to be right, and passes its rows on, until somebody cancels the import. */
final class SecondPass {
    private final String importId;
    private final RowMaker maker;
    private final RowStream stream;
    private final CancelWatch watch;

    SecondPass(String importId, RowMaker maker, RowStream stream, CancelWatch watch) {
        this.importId = importId;
        this.maker = maker;
        this.stream = stream;
        this.watch = watch;
    }

    /** Passes the rows on; what fails but reading them is not the file's fault, and comes out as it was thrown. */
    void passOn(Sheet sheet) throws InterruptedException {
        try (var rows = FileFaults.of(importId, sheet::rows)) {
            var _ = FileFaults.<@Nullable Object>of(importId, rows::next); // the header
            for (var made = next(rows); made != null && !watch.isCanceled(); made = next(rows)) {
                stream.send(Topics.IMPORT_ROWS, made.key(), made.row(), made.size());
            }
        }
    }

    private @Nullable Made next(RowCursor rows) {
        return FileFaults.<@Nullable Made>of(importId, () -> {
            var row = rows.next();
            return row == null ? null : maker.make(row);
        });
    }
}
