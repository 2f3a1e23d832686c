package io.sluice.jobs.board;

import io.sluice.schemas.job.Job;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** The jobs that moved last: so many that are open, and as many that are over. About 900 bytes each. */
final class RecentJobs {
    /** What becomes of a job. */
    @FunctionalInterface
    interface Change {
        /** {@return the job after the change} */
        Job of(@Nullable Job atHand);
    }

    private static final SequencedSet<String> NONE = new LinkedHashSet<>();

    private final int most;
    private final SequencedMap<String, Job> open = new LinkedHashMap<>();
    private final SequencedMap<String, Job> over = new LinkedHashMap<>();
    private final Map<String, Integer> openBySubject = new HashMap<>();
    private final Map<String, SequencedSet<String>> openByKind = new HashMap<>();
    private boolean areMoreOpen;

    RecentJobs(int most) {
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
        openByKind.computeIfAbsent(job.kind(), kind -> new LinkedHashSet<>()).add(jobId);
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
        openByKind.computeIfPresent(wasOpen.kind(), (kind, ids) -> {
            ids.remove(jobId);
            return ids.isEmpty() ? null : ids;
        });
        // Those that had to go are the ones that had not moved for longest: when half of the others are over, so are
        // they.
        areMoreOpen = areMoreOpen && open.size() > most / 2;
        return wasOpen;
    }

    /** {@return the open jobs of a kind, that which moved last at the end} */
    synchronized List<Job> open(String kind) {
        return openByKind.getOrDefault(kind, NONE).stream()
                .map(open::get)
                .filter(Objects::nonNull)
                .toList();
    }

    synchronized boolean mayBeOpen(String kind, String subject) {
        return areMoreOpen || openBySubject.containsKey(subject(kind, subject));
    }

    private static String subject(String kind, @Nullable String subject) {
        return kind + ":" + subject;
    }
}
