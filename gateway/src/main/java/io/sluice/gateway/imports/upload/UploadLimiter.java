package io.sluice.gateway.imports.upload;

import io.micronaut.http.HttpRequest;
import io.sluice.gateway.imports.ImportProblem;
import io.sluice.gateway.limits.RateLimits;
import io.sluice.gateway.principal.Principal;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.jobs.board.JobBoard;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobKind;
import io.sluice.web.problem.Problem;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Limits the imports that are open at once, and the imports that each caller sends in a minute. Open imports are
 * counted across all gateways, from their jobs; uploads under way are counted for this gateway alone.
 */
@Singleton
final class UploadLimiter {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final JobBoard board;
    private final UploadLimitsConfig config;
    private final RateLimits limits;
    private final Set<String> uploading = new HashSet<>();

    UploadLimiter(JobBoard board, UploadLimitsConfig config, RateLimits limits) {
        this.board = board;
        this.config = config;
        this.limits = limits;
    }

    /**
     * Admits an upload.
     *
     * @param jobId the id of its job. When that job is already open, the caller repeats a call, and the upload does not
     *     count as one more
     * @throws ProblemException when too many imports are open, or another upload for this job is under way
     */
    synchronized Permit enter(String jobId) {
        if (uploading.contains(jobId)) {
            throw new ProblemException(Problem.of(
                            GatewayProblem.IDEMPOTENCY_KEY_IN_USE,
                            "Another upload with this key is under way; send again when it has ended.")
                    .withJob(jobId));
        }
        var open = open();
        var more = uploading.stream().filter(id -> !open.contains(id)).count();
        if (!open.contains(jobId) && open.size() + more >= config.atOnce()) {
            throw ProblemException.comeBack(
                    RETRY_AFTER,
                    ImportProblem.TOO_MANY_IMPORTS_AT_ONCE,
                    config.atOnce()
                            + " imports are open, which is the limit (SLUICE_IMPORT_UPLOADS_AT_ONCE); send it again when"
                            + " one has ended.");
        }
        uploading.add(jobId);
        return () -> leave(jobId);
    }

    /**
     * Admits an upload that counts towards its caller's imports per minute if it becomes an import.
     *
     * @throws ProblemException when too many imports are open, or this caller sent too many in the last minute
     */
    Permit enter(String jobId, HttpRequest<?> request) {
        if (open().contains(jobId)) {
            return enter(jobId);
        }
        var counted = limits.take(
                request, config.limitPerMinute().of(Principal.of(request).countedBy()));
        try {
            return new CountedPermit(enter(jobId), counted);
        } catch (ProblemException e) {
            counted.giveBack();
            throw e;
        }
    }

    private Set<String> open() {
        return board.open(JobKind.IMPORT).stream().map(Job::jobId).collect(Collectors.toSet());
    }

    private synchronized void leave(String jobId) {
        uploading.remove(jobId);
    }

    /** The permission for one upload. It is closed when the upload is accepted or refused. */
    @FunctionalInterface
    interface Permit extends AutoCloseable {
        /** Counts the upload, which became an import, towards its caller's imports per minute. */
        default void count() {}

        @Override
        void close();
    }

    /** Counts as one of its caller's imports per minute, unless the upload is refused. */
    private static final class CountedPermit implements Permit {
        private final Permit upload;
        private final RateLimits.Permit counted;
        private boolean counts;

        CountedPermit(Permit upload, RateLimits.Permit counted) {
            this.upload = upload;
            this.counted = counted;
        }

        @Override
        public void count() {
            counts = true;
        }

        @Override
        public void close() {
            upload.close();
            if (!counts) {
                counted.giveBack();
            }
        }
    }
}
