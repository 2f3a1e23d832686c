package io.sluice.gateway.imports.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.gateway.imports.ImportProblem;
import io.sluice.gateway.imports.ImportView;
import io.sluice.gateway.intake.Intake;
import io.sluice.gateway.job.CancelableJobs;
import io.sluice.gateway.principal.Principal;
import io.sluice.jobs.board.JobBoard;
import io.sluice.runtime.json.Decoded;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.imports.ImportFacts;
import io.sluice.schemas.imports.ImportRequested;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobKind;
import io.sluice.schemas.job.JobStatus;
import io.sluice.stores.imports.ImportLedger.Counts;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Clock;

/**
 * Cancels imports. First the ledger marks the import as canceled, and from then on no row is written to a table. Then
 * the job gets the final counts. Products that the indexer is publishing at that moment may still come to their topic.
 */
@Singleton
final class ImportCancel implements CancelableJobs {
    private final ImportLookup imports;
    private final Intake intake;
    private final JobBoard board;
    private final JsonCodec codec;
    private final Clock clock;

    ImportCancel(ImportLookup imports, Intake intake, JobBoard board, JsonCodec codec, Clock clock) {
        this.imports = imports;
        this.intake = intake;
        this.board = board;
        this.codec = codec;
        this.clock = clock;
    }

    /**
     * Cancels an import and returns it. Waits for the rows that are being written. An import that was canceled before
     * stays canceled.
     *
     * @throws ProblemException when there is no such import, it has ended, or Postgres or Kafka is not available
     */
    ImportView cancel(String importId) {
        var job = imports.job(importId);
        if (job.isEmpty()) {
            var _ = imports.known(importId);
            throw alreadyEnded();
        }
        if (job.get().status() == JobStatus.CANCELED) {
            return ImportView.of(job.get());
        }
        if (job.get().status().isTerminal()) {
            throw alreadyEnded();
        }
        var _ = cancel(job.get());
        return imports.view(importId);
    }

    @Override
    public String kind() {
        return JobKind.IMPORT;
    }

    @Override
    public Job cancel(Job job, Principal caller) {
        return cancel(job);
    }

    private Job cancel(Job job) {
        var request = request(job);
        var stopped = imports.queryLedger(ledger -> ledger.cancel(request));
        if (!stopped.canceled()) {
            throw alreadyEnded();
        }
        var canceled = canceled(job, stopped.counts());
        var _ = Intake.await(intake.writeJobEvent(canceled));
        board.apply(canceled);
        return board.find(job.jobId()).orElse(job);
    }

    private JobEvent canceled(Job job, Counts counts) {
        return JobEvent.canceled(job.jobId(), JobKind.IMPORT, clock.instant())
                .withSubject(job.subject())
                .withCounts(counts.byName());
    }

    /** The job holds the request, even when no importer has started on it. */
    private ImportRequested request(Job job) {
        var json = job.facts().get(ImportFacts.REQUEST);
        if (json != null
                && codec.decode(ImportRequested.class, json.getBytes(UTF_8))
                        instanceof Decoded.Intact<ImportRequested>(var request)) {
            return request;
        }
        return imports.known(ImportView.idOf(job)).request();
    }

    private static ProblemException alreadyEnded() {
        return new ProblemException(
                ImportProblem.IMPORT_OVER,
                "Nothing is left to cancel; the import's counts show the outcome of its rows.");
    }
}
