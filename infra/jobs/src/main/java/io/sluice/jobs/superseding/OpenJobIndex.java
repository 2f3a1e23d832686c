package io.sluice.jobs.superseding;

import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The open jobs of one entity, in a state store. Each job has its own entries, so a change costs the same however many
 * jobs the entity has.
 *
 * <p>A job is listed by its id. It is also listed by its own version until it is superseded, and then by the version
 * that superseded it. So after a crash, exactly the same jobs are reported again. Entries are written so that a crash
 * between two writes leaves one entry too many, never one too few.
 */
public final class OpenJobIndex {
    /**
     * One job in the index.
     *
     * @param version the version of the entity that the job made
     * @param supersededBy the version that superseded it; null while it is not superseded
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

    /**
     * @param subject kind and subject of the entity; the key starts with its length, so that no key is the beginning of
     *     another
     */
    public OpenJobIndex(KeyValueStore<String, Entry> entries, String subject) {
        this.entries = entries;
        this.entity = subject.length() + ":" + subject;
    }

    /** Takes the latest state of a job. The job leaves the index when it has ended, not yet when it is superseded. */
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
     * Returns the open jobs that this job supersedes, because its newer version has reached the last sink. A second
     * call for the same job returns the same jobs, without those that have ended since. A call for another job returns
     * only jobs that were not returned before.
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
        // Keys continue with a job id, so no key equals the upper bound, which the store would include.
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

    /**
     * Writes a version with as many digits as the largest has, so that the order of the texts is that of the numbers.
     */
    private static String digits(long version) {
        return String.format("%019d", version);
    }
}
