package io.sluice.importer;

import static io.sluice.stores.imports.ImportFailure.UNKNOWN_KIND;

import io.sluice.importer.FirstPass.Look;
import io.sluice.importer.sheet.FileRefusedException;
import io.sluice.importer.sheet.Sheet;
import io.sluice.imports.kind.ImportKind;
import io.sluice.imports.kind.ImportKinds;
import io.sluice.runtime.BatchHandler;
import io.sluice.runtime.EventPublisher;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Received;
import io.sluice.schemas.Topics;
import io.sluice.schemas.imports.ImportRequested;
import io.sluice.schemas.imports.ImportRow.End;
import io.sluice.stores.imports.ImportConfig;
import io.sluice.stores.imports.ImportLedger;
import io.sluice.stores.imports.ImportLedger.Known;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads each file twice: first all of it, to know that it can be imported; then row by row, passing each on. So a file
 * that is wrong as a whole leaves nothing behind but its job's failure. A crash in between lets the file come again: its
 * rows are known by their numbers, and those that were written are not written twice.
 */
@Singleton
final class ImportReader implements BatchHandler<ImportRequested> {
    private static final Logger LOG = LoggerFactory.getLogger(ImportReader.class);

    private final ImportKinds kinds;
    private final ImportLedger ledger;
    private final SheetFiles files;
    private final EventPublisher publisher;
    private final ImportSteps steps;
    private final Clock clock;
    private final ImportConfig limits;

    ImportReader(
            ImportKinds kinds,
            ImportLedger ledger,
            SheetFiles files,
            EventPublisher publisher,
            ImportSteps steps,
            ImportConfig limits,
            Clock clock) {
        this.kinds = kinds;
        this.ledger = ledger;
        this.files = files;
        this.publisher = publisher;
        this.steps = steps;
        this.clock = clock;
        this.limits = limits;
    }

    @Override
    public List<Outcome> handle(List<Received<ImportRequested>> batch) throws InterruptedException {
        var outcomes = new ArrayList<Outcome>();
        for (var received : batch) {
            var request = received.event();
            outcomes.add(request == null ? Outcome.done() : read(request));
        }
        return outcomes;
    }

    private Outcome read(ImportRequested request) throws InterruptedException {
        ledger.open(request);
        var before = new CancelWatch(ledger, request.importId(), clock).canceled();
        if (before.isPresent()) {
            return told(request, before.get());
        }
        var facts = new HashMap<String, String>();
        try {
            var kind = kind(request.kind());
            var sheet = files.open(request);
            facts.putAll(sheet.facts());
            var look = FileFaults.of(
                    request.importId(), () -> FirstPass.of(sheet, kind, request.mapping(), limits.maxRows()));
            var began = clock.instant();
            var canceled = passOn(request, kind, sheet, look);
            if (canceled.isPresent()) {
                return told(request, canceled.get());
            }
            LOG.atInfo()
                    .addKeyValue("import", request.importId())
                    .addKeyValue("kind", kind.name())
                    .addKeyValue("rows", look.rows())
                    .addKeyValue(
                            "took_ms", Duration.between(began, clock.instant()).toMillis())
                    .log("rows passed on");
            return Outcome.done();
        } catch (FileRefusedException e) {
            LOG.atInfo()
                    .addKeyValue("import", request.importId())
                    .addKeyValue("code", e.code())
                    .log("file refused");
            return Outcome.emit(Topics.JOB_EVENTS, steps.refused(request, facts, e));
        }
    }

    /** Whoever canceled it may have gone before the job heard of it; it does no harm to hear it twice. */
    private Outcome told(ImportRequested request, Known canceled) {
        return Outcome.emit(Topics.JOB_EVENTS, steps.canceled(request, canceled.counts()));
    }

    private ImportKind kind(String name) {
        return kinds.find(name).orElseThrow(() -> {
            var known = kinds.all().stream().map(ImportKind::name).toList();
            return new FileRefusedException(
                    UNKNOWN_KIND, "There is no kind '%s'; there are: %s.".formatted(name, String.join(", ", known)));
        });
    }

    /** {@return the import when somebody canceled it meanwhile} */
    private Optional<Known> passOn(ImportRequested request, ImportKind kind, Sheet sheet, Look look)
            throws InterruptedException {
        ledger.describe(request.importId(), look.header(), look.columns().mapping());
        var stream = new RowStream(publisher, request.jobId());
        var step = steps.read(request, sheet.facts(), look);
        stream.send(Topics.JOB_EVENTS, step.key(), step, 0);

        var watch = new CancelWatch(ledger, request.importId(), clock);
        var maker = new RowMaker(request.importId(), kind, look.columns(), look.surplus());
        new SecondPass(request.importId(), maker, stream, watch).passOn(sheet);
        var canceled = watch.canceled();
        if (canceled.isEmpty()) {
            var end = new End(request.importId(), look.rows());
            stream.send(Topics.IMPORT_ROWS, end.importId(), end, 0);
        }
        stream.awaitAcks();
        return canceled;
    }
}
