package io.sluice.gateway.job;

import io.sluice.gateway.door.JobAccess;
import io.sluice.gateway.principal.Principal;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.jobs.board.JobBoard;
import io.sluice.jobs.store.JobStore;
import io.sluice.jobs.tracker.JobTracker;
import io.sluice.schemas.event.InvalidEventException;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobStatus;
import io.sluice.web.problem.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lists the jobs of the last 30 days that a caller may see, the latest first. */
@Singleton
final class JobListing {
    private final JobBoard board;
    private final JobStore store;
    private final JobTracker tracker;
    private final JobAccess access;

    JobListing(JobBoard board, JobStore store, JobTracker tracker, JobAccess access) {
        this.board = board;
        this.store = store;
        this.tracker = tracker;
        this.access = access;
    }

    /**
     * The latest jobs.
     *
     * @param jobs newest first
     * @param next send it as {@code before} to get the next page; left out on the last page
     */
    @Schema(name = "Jobs")
    record Page(List<JobView> jobs, @Nullable String next) {}

    /**
     * Which jobs to list.
     *
     * @param kind null for every kind
     * @param status null for every status
     * @param before null for the latest
     */
    record Filter(
            @Nullable String kind,
            @Nullable JobStatus status,
            @Nullable Place before) {
        Predicate<Job> matches() {
            return job -> (kind == null || kind.equals(job.kind()))
                    && (status == null || status == job.status())
                    && (before == null || before.isAfter(job));
        }
    }

    /**
     * The place of a job in the list, as text {@code 2026-11-27T10:00:00Z,<job id>}.
     *
     * @param jobId empty for the place before all jobs of that moment
     */
    record Place(Instant createdAt, String jobId) {
        static final String FORM = "must be the `next` of a page, or a time such as 2026-03-01T10:00:00Z";

        static Place of(Job job) {
            return new Place(job.createdAt(), job.jobId());
        }

        static Place parse(String field, String text) {
            var comma = text.indexOf(',');
            try {
                return comma < 0
                        ? new Place(Instant.parse(text), "")
                        : new Place(Instant.parse(text.substring(0, comma)), text.substring(comma + 1));
            } catch (DateTimeException e) {
                throw new InvalidEventException(field, FORM);
            }
        }

        /** {@return whether the job comes after this place in the list, so it is older} */
        boolean isAfter(Job job) {
            var order = job.createdAt().compareTo(createdAt);
            return order < 0 || (order == 0 && job.jobId().compareTo(jobId) < 0);
        }

        @Override
        public String toString() {
            return createdAt + "," + jobId;
        }
    }

    /** @throws ProblemException when this gateway is still reading the jobs */
    Page page(Principal caller, Filter filter, int limit) {
        if (!tracker.isRunning() || !tracker.isCaughtUp()) {
            throw new ProblemException(
                    GatewayProblem.JOBS_UNAVAILABLE, "The gateway is still reading the jobs; try again in a moment.");
        }
        var match = filter.matches().and(job -> access.permits(caller, job));
        var found = board.latest(limit + 1, match, store);
        var page = found.subList(0, Math.min(limit, found.size()));
        var next = found.size() > limit ? Place.of(page.getLast()).toString() : null;
        return new Page(page.stream().map(JobView::of).toList(), next);
    }
}
