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

/** The imports there are: their jobs tell how they stand, and the ledger which there are and what became of their rows. */
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
     * @param imports newest first; those that were just accepted come before all others, and beyond the limit
     * @param next what to ask for to get those before; null at the end
     */
    @Schema(name = "Imports.Page")
    record Page(List<ImportView> imports, @Nullable Instant next) {}

    /**
     * {@return the import's job, which is never unknown when it was accepted a moment ago} Asks Postgres only when no job has
     * its id: it is forgotten, or has another, as of an import that nobody sent here.
     */
    Optional<Job> job(String importId) {
        return jobs.find(importId)
                .filter(job -> job.kind().equals(JobKind.IMPORT))
                .or(() -> find(importId)
                        .flatMap(known -> board.find(known.request().jobId())));
    }

    /** {@return the import; asks Postgres only when its job is not known by the same id} */
    ImportView view(String importId) {
        return job(importId).map(ImportView::of).orElseGet(() -> view(known(importId)));
    }

    private ImportView view(Known known) {
        return board.find(known.request().jobId())
                .map(ImportView::of)
                .orElseGet(() -> ImportView.of(known, jobs.hasForgotten(known.openedAt())));
    }

    /** {@return the import as the ledger knows it} */
    Known known(String importId) {
        return find(importId).orElseThrow(ImportLookup::notFound);
    }

    /** {@return the import as the ledger knows it; one just accepted it may not know yet} */
    Optional<Known> find(String importId) {
        return asked(ledger -> importId.indexOf('\0') >= 0 ? Optional.empty() : ledger.find(importId));
    }

    /** {@return what the ledger answers} */
    <T> T asked(Function<ImportLedger, T> question) {
        try {
            return question.apply(ledger);
        } catch (RuntimeException e) {
            throw Outage.or(e, GatewayProblem.LEDGER_UNAVAILABLE, "Imports cannot be read now; try again in a moment.");
        }
    }

    Page page(int limit, @Nullable Instant before) {
        var known = asked(ledger -> ledger.list(limit, before));
        var views = new ArrayList<ImportView>();
        if (before == null) {
            views.addAll(notIn(known));
        }
        known.forEach(one -> views.add(view(one)));
        return new Page(views, known.size() < limit ? null : known.getLast().openedAt());
    }

    /** {@return those accepted, and not taken up yet} */
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
