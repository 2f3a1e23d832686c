package io.sluice.jobs.superseding;

import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The open jobs of one entity, in a state store. Each job has entries of its own, so one change costs the same however many
 * jobs the entity has.
 *
 * <p>A job is listed by its id; by its version while it has something to do; and after that by the version that superseded
 * it, so that after a crash exactly those jobs are told again. Entries are written so that a crash between two writes leaves
 * one entry too many, never one too few.
 */
public final class OpenJobIndex {
    /**
     * One job in the index.
     *
     * @param version the version of its entity that it is about
     * @param supersededBy the version that left it nothing to do; null while it has something to do
     */
    public record Entry(
            String jobId, long version, @Nullable Long supersededBy) {
        Entry supersededBy(long newer) {
            return new Entry(jobId, version, newer);
        }
    }

    private static final char BY_ID = 'i';
    private static final char BY_VERSION = 'v';
    private static final char BY_NEWER = 'w';

    private final KeyValueStore<String, Entry> entries;
    private final String entity;

    /** @param subject kind and subject of the entity; its length comes first, so that none is the beginning of another */
    public OpenJobIndex(KeyValueStore<String, Entry> entries, String subject) {
        this.entries = entries;
        this.entity = subject.length() + ":" + subject;
    }

    /** Takes the latest state of a job. It leaves the index when it is over, not when it is told that it is superseded. */
    public void update(Job job) {
        var version = Objects.requireNonNull(job.version(), "version");
        var listed = entries.get(byId(job.jobId()));
        if (job.status().isTerminal()) {
            remove(new Entry(job.jobId(), version, null));
            if (listed != null) {
                remove(listed);
                entries.delete(byId(job.jobId()));
            }
        } else if (listed == null || listed.version() != version) {
            var open = new Entry(job.jobId(), version, null);
            entries.put(place(open), open);
            entries.put(byId(job.jobId()), open);
            if (listed != null) {
                remove(listed);
            }
        }
    }

    /**
     * {@return the open jobs that this one leaves nothing to do, because a newer version is in the last sink} Asked again
     * for the same job, it gives the same answer, less those that are over; for another, only those not given before.
     */
    public List<Entry> supersededBy(Job job) {
        var version = job.version();
        if (job.status() != JobStatus.SUCCEEDED || version == null) {
            return List.of();
        }
        var overtaken = all(BY_NEWER, version, version + 1);
        for (var open : all(BY_VERSION, 0, version)) {
            var superseded = open.supersededBy(version);
            entries.put(place(superseded), superseded);
            entries.put(byId(open.jobId()), superseded);
            remove(open);
            overtaken.add(superseded);
        }
        return overtaken;
    }

    private List<Entry> all(char list, long from, long below) {
        var found = new ArrayList<Entry>();
        // Keys go on with a job's id, so none is equal to the upper end, which the store would include.
        try (var range = entries.range(entity + list + digits(from), entity + list + digits(below))) {
            range.forEachRemaining(entry -> found.add(entry.value));
        }
        return found;
    }

    private void remove(Entry listed) {
        if (entries.get(place(listed)) != null) {
            entries.delete(place(listed));
        }
    }

    private String place(Entry job) {
        var newer = job.supersededBy();
        return newer == null
                ? entity + BY_VERSION + digits(job.version()) + job.jobId()
                : entity + BY_NEWER + digits(newer) + job.jobId();
    }

    private String byId(String jobId) {
        return entity + BY_ID + jobId;
    }

    /** As many as the largest has, so that the order of the text is that of the numbers. */
    private static String digits(long version) {
        return String.format("%019d", version);
    }
}
