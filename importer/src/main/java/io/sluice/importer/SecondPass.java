package io.sluice.importer;

import io.sluice.importer.RowMaker.Made;
import io.sluice.importer.sheet.Row;
import io.sluice.importer.sheet.Sheet;
import io.sluice.schemas.Topics;

/** Reads a file that is known to be right, and passes its rows on, until somebody cancels the import. */
final class SecondPass implements Sheet.Rows {
    private final RowMaker maker;
    private final RowStream stream;
    private final CancelWatch watch;
    private boolean inHeader = true;

    SecondPass(RowMaker maker, RowStream stream, CancelWatch watch) {
        this.maker = maker;
        this.stream = stream;
        this.watch = watch;
    }

    @Override
    public boolean accept(Row row) throws InterruptedException {
        if (inHeader) {
            inHeader = false;
        } else {
            passOn(maker.make(row));
        }
        return FileFaults.others(() -> !watch.isCanceled());
    }

    private void passOn(Made made) throws InterruptedException {
        var _ = FileFaults.others(() -> {
            stream.send(Topics.IMPORT_ROWS, made.key(), made.row(), made.size());
            return true;
        });
    }
}
