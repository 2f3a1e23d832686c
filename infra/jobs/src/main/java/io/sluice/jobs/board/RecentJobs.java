package io.sluice.jobs.board;

import io.sluice.schemas.job.Job;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The jobs that changed last: up to a number of open ones, and as many that have ended. Each takes about 900 bytes. */
final class RecentJobs {
    /** A change of a job. */
    @FunctionalInterface
    interface Change {
        /** {@return the job after the change} */
        Job of(@Nullable Job inMemory);
    }

    private static final SequencedSet<String> NONE = new LinkedHashSet<>();

    private final int max;
    private final SequencedMap<String, Job> open = new LinkedHashMap<>();
    private final SequencedMap<String, Job> ended = new LinkedHashMap<>();
    private final Map<String, Integer> openBySubject = new HashMap<>();
    private final Map<String, SequencedSet<String>> openByKind = new HashMap<>();
    private boolean areMoreOpen;
    /** Every job that was created after this time is in memory. */
    private Instant complete = Instant.MAX;

    RecentJobs(int max) {
        this.max = max;
    }

    synchronized Optional<Job> find(String jobId) {
        var job = open.get(jobId);
        return Optional.ofNullable(job == null ? ended.get(jobId) : job);
    }

    /** Changes a job, and makes it the one that changed last. Returns its new state. */
    synchronized Job put(String jobId, Change change) {
        var job = change.of(remove(jobId));
        if (job.status().isTerminal()) {
            ended.put(jobId, job);
            if (ended.size() > max) {
                dropped(ended.pollFirstEntry().getValue());
            }
            return job;
        }
        open.put(jobId, job);
        openBySubject.merge(subject(job.kind(), job.subject()), 1, Integer::sum);
        openByKind.computeIfAbsent(job.kind(), kind -> new LinkedHashSet<>()).add(jobId);
        if (open.size() > max) {
            dropped(open.firstEntry().getValue());
            remove(open.firstEntry().getKey());
            areMoreOpen = true;
        }
        return job;
    }

    synchronized @Nullable Job remove(String jobId) {
        var hadEnded = ended.remove(jobId);
        var wasOpen = open.remove(jobId);
        if (wasOpen == null) {
            return hadEnded;
        }
        openBySubject.computeIfPresent(
                subject(wasOpen.kind(), wasOpen.subject()), (key, count) -> count == 1 ? null : count - 1);
        openByKind.computeIfPresent(wasOpen.kind(), (kind, ids) -> {
            ids.remove(jobId);
            return ids.isEmpty() ? null : ids;
        });
        // The open jobs that were dropped had not changed for longest: when half of the kept ones have ended, the
        // dropped ones are taken to have ended too.
        areMoreOpen = areMoreOpen && open.size() > max / 2;
        return wasOpen;
    }

    /** {@return the open jobs of a kind; the one that changed last is at the end} */
    synchronized List<Job> open(String kind) {
        return openByKind.getOrDefault(kind, NONE).stream()
                .map(open::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /** {@return the open jobs about an entity; walks through the open jobs of the kind, unless there is none} */
    synchronized List<Job> open(String kind, String subject) {
        return openBySubject.containsKey(subject(kind, subject))
                ? open(kind).stream()
                        .filter(job -> subject.equals(job.subject()))
                        .toList()
                : List.of();
    }

    /** The jobs that were created up to this time may be missing from memory. */
    synchronized void isCompleteAfter(Instant time) {
        complete = time;
    }

    /** {@return the jobs in memory that match} */
    synchronized Known known(Predicate<Job> match) {
        return new Known(
                Stream.concat(open.values().stream(), ended.values().stream())
                        .filter(match)
                        .toList(),
                complete);
    }

    /**
     * Jobs in memory.
     *
     * @param completeAfter of the jobs that were created after this time, none is missing
     */
    record Known(List<Job> jobs, Instant completeAfter) {}

    /** A job is created before it changes, so the jobs that were created after its last change are all in memory. */
    private void dropped(Job job) {
        if (job.updatedAt().isAfter(complete)) {
            complete = job.updatedAt();
        }
    }

    synchronized boolean mayBeOpen(String kind, String subject) {
        return areMoreOpen || openBySubject.containsKey(subject(kind, subject));
    }

    private static String subject(String kind, @Nullable String subject) {
        return kind + ":" + subject;
    }
}
