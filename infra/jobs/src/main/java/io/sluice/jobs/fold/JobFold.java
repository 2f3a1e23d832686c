package io.sluice.jobs.fold;

import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobError;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Folds the events of one job into its state. Folding an event twice changes nothing. The latest event decides the
 * status, until an event ends the job. An older event only adds to the history. A job that ended in the dead letters
 * goes on when its record is sent back.
 */
public final class JobFold {
    private JobFold() {}

    /** {@return the job after its first event} */
    public static Job begin(JobEvent event) {
        var job = Job.of(event.jobId(), event.kind(), event.outcome(), event.at());
        return withHistory(job, event)
                .withStatus(event.outcome(), event.error(), event.at())
                .withNextAttemptAt(nextAttemptAt(job, event));
    }

    /** {@return the job after one more event} */
    public static Job fold(@Nullable Job before, JobEvent event) {
        if (before == null) {
            return begin(event);
        }
        if (before.status().isTerminal()) {
            return isUndone(before, event) || isReopened(before, event)
                    ? advance(before, event)
                    : absorb(before, event);
        }
        if (isOvertaken(before, event)) {
            return before;
        }
        return isPast(before, event) ? complete(before, event) : advance(before, event);
    }

    /**
     * Says whether an event is older than the job: it was folded before, as after a crash, or came late. An event that
     * ends the job is never too old.
     */
    private static boolean isPast(Job before, JobEvent event) {
        return event.at().isBefore(before.updatedAt()) && !event.outcome().isTerminal();
    }

    /**
     * Says whether an event ends an older version of the product than the one that the job follows. A caller that
     * repeats a call may write its product twice, as two versions. The job follows the newer one, so the end of the
     * older one does not end it.
     */
    private static boolean isOvertaken(Job before, JobEvent event) {
        return event.outcome() == JobStatus.SUPERSEDED && isLess(event.version(), before.version());
    }

    /**
     * Says whether an event undoes the end of a job. This is the same case, but the end of the older version came
     * first.
     */
    private static boolean isUndone(Job over, JobEvent event) {
        return over.status() == JobStatus.SUPERSEDED
                && event.outcome() == JobStatus.SUCCEEDED
                && isLess(over.version(), event.version());
    }

    /** Says whether an event is about a record that was sent back from the dead letters after its job ended there. */
    private static boolean isReopened(Job over, JobEvent event) {
        return over.status() == JobStatus.DEAD
                && event.facts().containsKey(JobEvent.REDRIVEN_FROM)
                && event.at().isAfter(over.updatedAt());
    }

    private static boolean isLess(@Nullable Long left, @Nullable Long right) {
        return left != null && right != null && left < right;
    }

    /** {@return the job with an older event added to its history; its status does not change} */
    private static Job complete(Job job, JobEvent event) {
        return withHistory(job, event).withFacts(joined(event.facts(), job.facts()));
    }

    private static Job advance(Job before, JobEvent event) {
        return withHistory(before, event)
                .withStatus(status(before, event), error(before, event), later(before.updatedAt(), event.at()))
                .withNextAttemptAt(nextAttemptAt(before, event));
    }

    /** {@return the job with everything that an event adds, whatever the status of the job} */
    private static Job withHistory(Job job, JobEvent event) {
        var createdAt = earlier(job.createdAt(), event.at());
        return job.withCreatedAt(createdAt)
                .withStages(stages(job.stages(), event, createdAt))
                .withCounts(larger(job.counts(), event.counts()))
                .withSubject(first(job.subject(), event.subject()))
                .withVersion(larger(job.version(), event.version()))
                .withFingerprint(first(job.fingerprint(), event.fingerprint()))
                .withOwner(first(job.owner(), event.owner()))
                .withFacts(joined(job.facts(), event.facts()));
    }

    /**
     * Folds an event into a job that has ended, which keeps its outcome. An older event may still complete its history.
     * The fingerprint and the owner are kept whenever they come: if the first attempt of a call failed half way, the
     * repeated call brings them last.
     */
    private static Job absorb(Job over, JobEvent event) {
        if (!event.at().isAfter(over.updatedAt())) {
            return event.outcome().isTerminal() ? over : complete(over, event);
        }
        return over.withFingerprint(first(over.fingerprint(), event.fingerprint()))
                .withOwner(first(over.owner(), event.owner()));
    }

    /**
     * Returns the new status. The event of the gateway (queued) can arrive after the event of a quick processor, and
     * then does not change it.
     */
    private static JobStatus status(Job before, JobEvent event) {
        return event.outcome() == JobStatus.QUEUED ? before.status() : event.outcome();
    }

    private static @Nullable JobError error(Job before, JobEvent event) {
        return event.outcome() == JobStatus.QUEUED ? before.error() : event.error();
    }

    /** Only a job that is retrying has a next attempt. */
    private static @Nullable Instant nextAttemptAt(Job before, JobEvent event) {
        return switch (event.outcome()) {
            case QUEUED -> before.nextAttemptAt();
            case RETRYING -> event.nextAttemptAt();
            case PROCESSING, SUCCEEDED, FAILED, DEAD, SUPERSEDED, CANCELED -> null;
        };
    }

    /** Makes one line of history for each stage, at its first report, in order of time. */
    private static List<Job.Stage> stages(List<Job.Stage> before, JobEvent event, Instant createdAt) {
        var name = line(event);
        var firsts = new HashMap<String, Instant>();
        before.forEach(stage -> firsts.put(stage.stage(), stage.at()));
        if (name != null) {
            firsts.merge(name, event.at(), JobFold::earlier);
        }
        var ordered = firsts.entrySet().stream()
                .sorted(Map.Entry.<String, Instant>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
                .toList();
        var lines = new ArrayList<Job.Stage>(ordered.size());
        var previous = createdAt;
        for (var first : ordered) {
            var took = Duration.between(previous, first.getValue()).toMillis();
            lines.add(new Job.Stage(first.getKey(), first.getValue(), took));
            previous = first.getValue();
        }
        return lines;
    }

    /**
     * Names a line of history. A stage that was done has its own name; a stage that ended the job without success is
     * named by its outcome.
     */
    private static @Nullable String line(JobEvent event) {
        return switch (event.outcome()) {
            case QUEUED, PROCESSING, SUCCEEDED -> event.stage();
            case FAILED, DEAD, SUPERSEDED, CANCELED -> event.outcome().wireName();
            case RETRYING -> null;
        };
    }

    private static Map<String, Long> larger(Map<String, Long> left, Map<String, Long> right) {
        var counts = new HashMap<>(left);
        right.forEach((name, count) -> counts.merge(name, count, Math::max));
        return counts;
    }

    /** Joins two maps. If both have a name, the value of the second wins. */
    private static Map<String, String> joined(Map<String, String> first, Map<String, String> second) {
        if (second.isEmpty()) {
            return first;
        }
        var facts = new HashMap<>(first);
        facts.putAll(second);
        return facts;
    }

    private static @Nullable String first(@Nullable String known, @Nullable String later) {
        return known == null ? later : known;
    }

    private static @Nullable Long larger(@Nullable Long left, @Nullable Long right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        return Math.max(left, right);
    }

    private static Instant earlier(Instant left, Instant right) {
        return left.isBefore(right) ? left : right;
    }

    private static Instant later(Instant left, Instant right) {
        return left.isAfter(right) ? left : right;
    }
}
