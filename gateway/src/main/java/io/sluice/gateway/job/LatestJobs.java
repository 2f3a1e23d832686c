package io.sluice.gateway.job;

import io.sluice.schemas.job.Job;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The jobs that moved last: so many that are open, and as many that are over. About 850 bytes each. */
final class LatestJobs {
    /** What becomes of a job. */
    @FunctionalInterface
    interface Change {
        /** {@return the job after the change} */
        Job of(@Nullable Job atHand);
    }

    private final int most;
    private final SequencedMap<String, Job> open = new LinkedHashMap<>();
    private final SequencedMap<String, Job> over = new LinkedHashMap<>();
    private final Map<String, Integer> openBySubject = new HashMap<>();
    private boolean areMoreOpen;

    LatestJobs(int most) {
        this.most = most;
    }

    synchronized Optional<Job> find(String jobId) {
        var job = open.get(jobId);
        return Optional.ofNullable(job == null ? over.get(jobId) : job);
    }

    /** {@return the job after the change, which is the one that moved last then} */
    synchronized Job put(String jobId, Change change) {
        var job = change.of(remove(jobId));
        if (job.status().isTerminal()) {
            over.put(jobId, job);
            if (over.size() > most) {
                over.pollFirstEntry();
            }
            return job;
        }
        open.put(jobId, job);
        openBySubject.merge(subject(job.kind(), job.subject()), 1, Integer::sum);
        if (open.size() > most) {
            remove(open.firstEntry().getKey());
            areMoreOpen = true;
        }
        return job;
    }

    synchronized @Nullable Job remove(String jobId) {
        var wasOver = over.remove(jobId);
        var wasOpen = open.remove(jobId);
        if (wasOpen == null) {
            return wasOver;
        }
        openBySubject.computeIfPresent(
                subject(wasOpen.kind(), wasOpen.subject()), (key, count) -> count == 1 ? null : count - 1);
        // Those that had to go are the ones that had not moved for longest: when half of the others are over, so are
        // they.
        areMoreOpen = areMoreOpen && open.size() > most / 2;
        return wasOpen;
    }

    synchronized boolean mayBeOpen(String kind, String subject) {
        return areMoreOpen || openBySubject.containsKey(subject(kind, subject));
    }

    private static String subject(String kind, @Nullable String subject) {
        return kind + ":" + subject;
    }
}
