package io.sluice.importer;

import io.sluice.importer.FirstPass.Findings;
import io.sluice.importer.RowConverter.Converted;
import io.sluice.importer.sheet.FileRefusedException;
import io.sluice.importer.sheet.RowCursor;
import io.sluice.importer.sheet.Sheet;
import io.sluice.imports.kind.ImportKind;
import io.sluice.runtime.EventPublisher;
import io.sluice.schemas.Topics;
import io.sluice.schemas.imports.ImportRequested;
import io.sluice.schemas.imports.ImportRow.Data;
import io.sluice.schemas.imports.ImportRow.End;
import io.sluice.stores.imports.ImportLedger;
import io.sluice.stores.imports.ImportLedger.Known;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a file that can be imported and publishes its rows. First the job gets what the first pass found, then {@code
 * import-rows.v1} gets each row and the end marker. When the import is canceled, it stops and leaves the end marker
 * out.
 */
@Singleton
final class SecondPass {
    private static final Logger LOG = LoggerFactory.getLogger(SecondPass.class);

    private final ImportLedger ledger;
    private final EventPublisher publisher;
    private final ImportJobEvents events;
    private final Clock clock;

    SecondPass(ImportLedger ledger, EventPublisher publisher, ImportJobEvents events, Clock clock) {
        this.ledger = ledger;
        this.publisher = publisher;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Publishes a file's rows and waits until Kafka has acknowledged them.
     *
     * @param findings what the first pass found in the same file
     * @return the import, when it was canceled meanwhile
     * @throws FileRefusedException when the file cannot be read; every other exception has another cause
     */
    Optional<Known> over(Sheet sheet, ImportRequested request, ImportKind kind, Findings findings)
            throws InterruptedException {
        var began = clock.instant();
        ledger.describe(
                request.importId(), findings.header(), findings.columns().mapping());
        var rows = new RowPublisher(publisher, request.jobId());
        var read = events.read(request, sheet.facts(), findings);
        rows.publish(Topics.JOB_EVENTS, read.key(), read, 0);

        var watch = new CancelWatch(ledger, request.importId(), clock);
        var converter = new RowConverter(request.importId(), kind, findings);
        var below = ReaderFailures.asRefusal(
                request.importId(), () -> findings.top().below(sheet));
        var keys = new SharedKeys();
        publishRows(below, request.importId(), converter, rows, watch, keys);
        var canceled = watch.canceled();
        if (canceled.isEmpty()) {
            if (keys.merged() > 0) {
                var merged = events.merged(request, findings, keys);
                rows.publish(Topics.JOB_EVENTS, merged.key(), merged, 0);
                rows.awaitAcks(); // the job must not end before it knows
            }
            var end = new End(request.importId(), findings.rows());
            rows.publish(Topics.IMPORT_ROWS, end.importId(), end, 0);
        }
        rows.awaitAcks();
        LOG.atInfo()
                .addKeyValue("import", request.importId())
                .addKeyValue("kind", kind.name())
                .addKeyValue("rows", findings.rows())
                .addKeyValue("canceled", canceled.isPresent())
                .addKeyValue("took_ms", Duration.between(began, clock.instant()).toMillis())
                .log("rows published");
        return canceled;
    }

    private static void publishRows(
            RowCursor below,
            String importId,
            RowConverter converter,
            RowPublisher publisher,
            CancelWatch watch,
            SharedKeys keys)
            throws InterruptedException {
        try (var rows = below) {
            for (var row = next(rows, importId, converter);
                    row != null && !watch.isCanceled();
                    row = next(rows, importId, converter)) {
                publisher.publish(Topics.IMPORT_ROWS, row.key(), row.row(), row.size());
                if (row.row() instanceof Data data) {
                    keys.add(row.key(), data);
                }
            }
        }
    }

    private static @Nullable Converted next(RowCursor rows, String importId, RowConverter converter) {
        return ReaderFailures.<@Nullable Converted>asRefusal(importId, () -> {
            var row = rows.next();
            return row == null ? null : converter.convert(row);
        });
    }
}
