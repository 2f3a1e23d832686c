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
 * What the events of one job add up to. Folding an event twice changes nothing. The latest event says where the job stands,
 * until one ends it; an event from before adds to the history only.
 */
public final class JobFold {
    private JobFold() {}

    /** {@return the job as its first event tells it} */
    public static Job begin(JobEvent event) {
        var job = Job.of(event.jobId(), event.kind(), event.outcome(), event.at());
        return withHistory(job, event).withStatus(event.outcome(), event.error(), event.at());
    }

    /** {@return the job after one more event} */
    public static Job fold(@Nullable Job before, JobEvent event) {
        if (before == null) {
            return begin(event);
        }
        if (before.status().isTerminal()) {
            return isUndone(before, event) ? advance(before, event) : absorb(before, event);
        }
        if (isOvertaken(before, event)) {
            return before;
        }
        return isPast(before, event) ? complete(before, event) : advance(before, event);
    }

    /** It was folded before, as after a crash, or told late. An end ends the job whenever it comes. */
    private static boolean isPast(Job before, JobEvent event) {
        return event.at().isBefore(before.updatedAt()) && !event.outcome().isTerminal();
    }

    /** A call sent again may write its product twice: the job stands for the later one, which the earlier cannot end. */
    private static boolean isOvertaken(Job before, JobEvent event) {
        return event.outcome() == JobStatus.SUPERSEDED && isLess(event.version(), before.version());
    }

    /** The same, and the end of the earlier one was heard first. */
    private static boolean isUndone(Job over, JobEvent event) {
        return over.status() == JobStatus.SUPERSEDED
                && event.outcome() == JobStatus.SUCCEEDED
                && isLess(over.version(), event.version());
    }

    private static boolean isLess(@Nullable Long left, @Nullable Long right) {
        return left != null && right != null && left < right;
    }

    /** {@return the job with what an event from its past adds to its history; where it stands does not change} */
    private static Job complete(Job job, JobEvent event) {
        return withHistory(job, event).withFacts(joined(event.facts(), job.facts()));
    }

    private static Job advance(Job before, JobEvent event) {
        return withHistory(before, event)
                .withStatus(status(before, event), error(before, event), later(before.updatedAt(), event.at()));
    }

    /** {@return the job with what an event adds to it wherever it stands} */
    private static Job withHistory(Job job, JobEvent event) {
        var createdAt = earlier(job.createdAt(), event.at());
        return job.withCreatedAt(createdAt)
                .withStages(linesOf(job.stages(), event, createdAt))
                .withCounts(larger(job.counts(), event.counts()))
                .withSubject(job.subject() == null ? event.subject() : job.subject())
                .withVersion(larger(job.version(), event.version()))
                .withFingerprint(job.fingerprint() == null ? event.fingerprint() : job.fingerprint())
                .withFacts(joined(job.facts(), event.facts()));
    }

    /**
     * A job that is over keeps its outcome; an event from before its end may still complete its history. What was sent is
     * kept whenever it comes: a call repeated after its first one failed half way tells of it last.
     */
    private static Job absorb(Job over, JobEvent event) {
        if (!event.at().isAfter(over.updatedAt())) {
            return event.outcome().isTerminal() ? over : complete(over, event);
        }
        return over.fingerprint() == null && event.fingerprint() != null
                ? over.withFingerprint(event.fingerprint())
                : over;
    }

    /** The gateway's own event can arrive after a quick processor's. */
    private static JobStatus status(Job before, JobEvent event) {
        return event.outcome() == JobStatus.QUEUED ? before.status() : event.outcome();
    }

    private static @Nullable JobError error(Job before, JobEvent event) {
        return event.outcome() == JobStatus.QUEUED ? before.error() : event.error();
    }

    /** One line a stage, at its first report, in the order of time. */
    private static List<Job.Stage> linesOf(List<Job.Stage> before, JobEvent event, Instant createdAt) {
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

    /** A stage that was done is called by its name; one that ended the job otherwise, by how it ended. */
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

    /** Of two with one name, the second. */
    private static Map<String, String> joined(Map<String, String> first, Map<String, String> second) {
        if (second.isEmpty()) {
            return first;
        }
        var facts = new HashMap<>(first);
        facts.putAll(second);
        return facts;
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
