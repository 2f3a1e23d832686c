package io.sluice.gateway.imports.status;

import io.sluice.gateway.imports.ImportProblem;
import io.sluice.gateway.imports.ImportView;
import io.sluice.gateway.job.JobLookup;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.gateway.problem.Outage;
import io.sluice.jobs.board.JobBoard;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobKind;
import io.sluice.stores.imports.ImportLedger;
import io.sluice.stores.imports.ImportLedger.Known;
import io.sluice.web.problem.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds imports. The state of an import comes from its job. The list of imports comes from the ledger in Postgres. */
@Singleton
final class ImportLookup {
    private final JobLookup jobs;
    private final JobBoard board;
    private final ImportLedger ledger;

    ImportLookup(JobLookup jobs, JobBoard board, ImportLedger ledger) {
        this.jobs = jobs;
        this.board = board;
        this.ledger = ledger;
    }

    /**
     * The latest imports.
     *
     * @param imports newest first. Imports that were just accepted come before all others and do not count towards the
     *     limit
     * @param next send it as {@code before} to get the next page; left out on the last page
     */
    @Schema(name = "Imports.Page")
    record Page(List<ImportView> imports, @Nullable Instant next) {}

    /**
     * Finds the import's job, even when it was accepted a moment ago. Asks Postgres only when no job has the import's
     * id. Then the job is forgotten, or another publisher gave the job an id of its own.
     */
    Optional<Job> job(String importId) {
        return jobs.find(importId)
                .filter(job -> job.kind().equals(JobKind.IMPORT))
                .or(() -> find(importId)
                        .flatMap(known -> board.find(known.request().jobId())));
    }

    /** Returns the import. Asks Postgres only when no job has the import's id. */
    ImportView view(String importId) {
        return job(importId).map(ImportView::of).orElseGet(() -> view(known(importId)));
    }

    private ImportView view(Known known) {
        return board.find(known.request().jobId())
                .map(ImportView::of)
                .orElseGet(() -> ImportView.of(known, jobs.hasForgotten(known.openedAt())));
    }

    /**
     * {@return the import's entry in the ledger}
     *
     * @throws ProblemException when there is none
     */
    Known known(String importId) {
        return find(importId).orElseThrow(ImportLookup::notFound);
    }

    /** {@return the import's entry in the ledger; empty when there is none, or none yet for an import just accepted} */
    Optional<Known> find(String importId) {
        return queryLedger(ledger -> importId.indexOf('\0') >= 0 ? Optional.empty() : ledger.find(importId));
    }

    /**
     * {@return the answer of the ledger}
     *
     * @throws ProblemException when Postgres is not available
     */
    <T> T queryLedger(Function<ImportLedger, T> question) {
        try {
            return question.apply(ledger);
        } catch (RuntimeException e) {
            throw Outage.or(e, GatewayProblem.LEDGER_UNAVAILABLE, "Imports cannot be read now; try again in a moment.");
        }
    }

    Page page(int limit, @Nullable Instant before) {
        var known = queryLedger(ledger -> ledger.list(limit, before));
        var views = new ArrayList<ImportView>();
        if (before == null) {
            views.addAll(notIn(known));
        }
        known.forEach(one -> views.add(view(one)));
        return new Page(views, known.size() < limit ? null : known.getLast().openedAt());
    }

    /** {@return the accepted imports that are not in the ledger yet} */
    private List<ImportView> notIn(List<Known> known) {
        var ids = known.stream().map(one -> one.request().jobId()).collect(Collectors.toSet());
        return board.open(JobKind.IMPORT).stream()
                .filter(job -> !ids.contains(job.jobId()))
                .filter(job -> find(ImportView.idOf(job)).isEmpty())
                .sorted(Comparator.comparing(Job::createdAt).reversed())
                .map(ImportView::of)
                .toList();
    }

    static ProblemException notFound() {
        return new ProblemException(ImportProblem.IMPORT_NOT_FOUND, "No import has this id.");
    }
}
