package io.sluice.gateway.imports.upload;

import io.sluice.gateway.imports.ImportProblem;
import io.sluice.gateway.principal.Principal;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.jobs.board.JobBoard;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobKind;
import io.sluice.web.problem.Problem;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Limits the imports that are open at once, and the imports that each caller sends in a minute. Open imports are
 * counted across all gateways, from their jobs. Uploads under way and imports per minute are counted for this gateway
 * alone.
 */
@Singleton
final class UploadLimiter {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final JobBoard board;
    private final UploadLimitsConfig config;
    private final Clock clock;
    private final Set<String> uploading = new HashSet<>();
    private final Map<String, Deque<Instant>> recentByCaller = new HashMap<>();

    UploadLimiter(JobBoard board, UploadLimitsConfig config, Clock clock) {
        this.board = board;
        this.config = config;
        this.clock = clock;
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
    synchronized Permit enter(String jobId, Principal principal) {
        var caller = principal.countedBy();
        var now = clock.instant();
        forgetBefore(now.minus(MINUTE));
        var latest = recentByCaller.getOrDefault(caller, new ArrayDeque<>());
        if (latest.size() >= config.perMinute() && !open().contains(jobId)) {
            var left = Duration.between(now, latest.getFirst().plus(MINUTE));
            throw ProblemException.comeBack(
                    left.plusSeconds(1),
                    ImportProblem.TOO_MANY_IMPORTS_A_MINUTE,
                    "You sent " + config.perMinute() + " imports within a minute, which is the limit"
                            + " (SLUICE_IMPORT_UPLOADS_PER_MINUTE).");
        }
        var permit = enter(jobId);
        latest.add(now);
        recentByCaller.put(caller, latest);
        return new Permit() {
            private boolean counts;

            @Override
            public void count() {
                counts = true;
            }

            @Override
            public void close() {
                permit.close();
                if (!counts) {
                    takeBack(caller, now);
                }
            }
        };
    }

    private Set<String> open() {
        return board.open(JobKind.IMPORT).stream().map(Job::jobId).collect(Collectors.toSet());
    }

    private synchronized void leave(String jobId) {
        uploading.remove(jobId);
    }

    private synchronized void takeBack(String caller, Instant at) {
        recentByCaller.getOrDefault(caller, new ArrayDeque<>()).removeFirstOccurrence(at);
    }

    private void forgetBefore(Instant minuteAgo) {
        recentByCaller.values().removeIf(latest -> {
            latest.removeIf(at -> !at.isAfter(minuteAgo));
            return latest.isEmpty();
        });
    }

    /** The permission for one upload. It is closed when the upload is accepted or refused. */
    @FunctionalInterface
    interface Permit extends AutoCloseable {
        /** Counts the upload, which became an import, towards its caller's imports per minute. */
        default void count() {}

        @Override
        void close();
    }
}
