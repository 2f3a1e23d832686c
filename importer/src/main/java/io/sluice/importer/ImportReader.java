package io.sluice.importer;

import static io.sluice.stores.imports.ImportFailure.UNKNOWN_KIND;

import io.sluice.importer.sheet.FileRefusedException;
import io.sluice.imports.kind.ImportKind;
import io.sluice.imports.kind.ImportKinds;
import io.sluice.runtime.BatchHandler;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Received;
import io.sluice.schemas.Topics;
import io.sluice.schemas.imports.ImportRequested;
import io.sluice.stores.imports.ImportConfig;
import io.sluice.stores.imports.ImportLedger;
import io.sluice.stores.imports.ImportLedger.Known;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads each file twice: the {@linkplain FirstPass first pass} finds out whether the file can be imported, the
 * {@linkplain SecondPass second pass} publishes its rows. So a file that is wrong as a whole leaves only its job's
 * failure behind. After a crash the file is read again; the indexer skips rows that it has written, which it knows by
 * their numbers.
 */
@Singleton
final class ImportReader implements BatchHandler<ImportRequested> {
    private static final Logger LOG = LoggerFactory.getLogger(ImportReader.class);

    private final ImportLedger ledger;
    private final ImportKinds kinds;
    private final ImportFiles files;
    private final ImportConfig config;
    private final SecondPass secondPass;
    private final ImportJobEvents events;

    ImportReader(
            ImportLedger ledger,
            ImportKinds kinds,
            ImportFiles files,
            ImportConfig config,
            SecondPass secondPass,
            ImportJobEvents events) {
        this.ledger = ledger;
        this.kinds = kinds;
        this.files = files;
        this.config = config;
        this.secondPass = secondPass;
        this.events = events;
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
        var canceled = ledger.find(request.importId()).filter(Known::canceled);
        if (canceled.isPresent()) {
            return canceled(request, canceled.get());
        }
        Map<String, String> facts = Map.of();
        try {
            var kind = kind(request.kind());
            var sheet = files.open(request, kind);
            facts = sheet.facts();
            var findings = ReaderFailures.asRefusal(
                    request.importId(), () -> FirstPass.over(sheet, kind, request.mapping(), config.maxRows()));
            return secondPass
                    .over(sheet, request, kind, findings)
                    .map(known -> canceled(request, known))
                    .orElseGet(Outcome::done);
        } catch (FileRefusedException e) {
            LOG.atInfo()
                    .addKeyValue("import", request.importId())
                    .addKeyValue("code", e.code())
                    .log("file refused");
            return Outcome.emit(Topics.JOB_EVENTS, events.refused(request, facts, e));
        }
    }

    /**
     * The gateway that canceled the import may have stopped before it told the job. Telling the job twice does no harm.
     */
    private Outcome canceled(ImportRequested request, Known known) {
        return Outcome.emit(Topics.JOB_EVENTS, events.canceled(request, known.counts()));
    }

    private ImportKind kind(String name) {
        return kinds.find(name)
                .orElseThrow(() -> new FileRefusedException(
                        UNKNOWN_KIND, "There is no kind '%s'; there are: %s.".formatted(name, kinds.names())));
    }
}
