package io.sluice.runtime;

import io.sluice.schemas.Topic;
import io.sluice.schemas.Topics;
import io.sluice.schemas.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one processor does, as a value: its source topic, its batch size, its target topics, its handler, and its retry
 * policy. The runtime runs every pipeline that is a bean, from the start of the service to its stop.
 *
 * @param name the processor's name, in metrics, logs and the name of its dead-letter topic
 * @param group the consumer group; the name unless said otherwise
 * @param jobKind the kind of the jobs it reports to; null when it reports nothing
 * @param stage the name of the work in a job's history, as a past participle; null when the handler reports progress to
 *     the job itself
 * @param completesJobs whether a record done here ends its job; true for the last sink only
 */
public record Pipeline<E extends Event>(
        String name,
        String group,
        Source<E> source,
        int batchSize,
        List<Topic<?>> targets,
        @Nullable String jobKind,
        @Nullable String stage,
        boolean completesJobs,
        List<Dependency> dependencies,
        FailureTranslator errors,
        BatchHandler<E> handler,
        RetryPolicy retry) {
    public Pipeline {
        if (batchSize < 1) {
            throw new IllegalArgumentException(
                    "batch size of pipeline " + name + " must be 1 or more, is " + batchSize);
        }
        targets = List.copyOf(targets);
        dependencies = List.copyOf(dependencies);
    }

    /** {@return a pipeline with a name and nothing else yet} */
    public static Named named(String name) {
        return new Named(name, name);
    }

    /** {@return the index that the pipeline works for; empty when its work is for all of them} */
    public Optional<String> index() {
        return group.startsWith(name + "-") ? Optional.of(group.substring(name.length() + 1)) : Optional.empty();
    }

    /** {@return one line for the topology: {@code products.v1 -> embedder -> product-vectors…}} */
    public String describe() {
        var out = targets.isEmpty()
                ? ""
                : " -> " + String.join(", ", targets.stream().map(Topic::name).toList());
        return source.name() + " -> " + name + out;
    }

    /**
     * {@return the retry topics that the pipeline reads beside its source, without the deployment's prefix; the first
     * tier is always among them, because records come back from the dead letters there}
     */
    public List<String> retryTopics() {
        return Stream.concat(
                        Stream.of(Topics.FIRST_RETRY), retry.tiers().stream().map(RetryPolicy.Tier::name))
                .distinct()
                .map(this::retryTopic)
                .toList();
    }

    /** {@return the name of the topic of one tier, without the deployment's prefix} */
    public String retryTopic(String tier) {
        return Topics.retries(source.topic().name(), group, tier);
    }

    /** A pipeline with a name. */
    public record Named(String name, String group) {
        /** Reads with a consumer group that differs from the name, as the indexer of a second index does. */
        public Named inGroup(String group) {
            return new Named(name, group);
        }

        /** Sets the topic that the pipeline reads. */
        public <E extends Event> Builder<E> from(Topic<E> topic) {
            return from(Source.of(topic));
        }

        /** Sets the source that the pipeline reads, when it is not a topic of the catalogue itself. */
        public <E extends Event> Builder<E> from(Source<E> source) {
            return new Builder<>(this, source);
        }
    }

    /** Builds a pipeline step by step. */
    public static final class Builder<E extends Event> {
        private final Named named;
        private final Source<E> source;
        private final List<Topic<?>> targets = new ArrayList<>();
        private final List<Dependency> dependencies = new ArrayList<>();
        private int batchSize = 1;
        private boolean saysWhatItReports;
        private @Nullable String jobKind;
        private @Nullable String stage;
        private boolean completesJobs;
        private FailureTranslator errors = thrown -> Optional.empty();

        private Builder(Named named, Source<E> source) {
            this.named = named;
            this.source = source;
        }

        /** Hands the handler at most this many records at a time. */
        public Builder<E> inBatchesOf(int size) {
            this.batchSize = size;
            return this;
        }

        /** Names a topic that the handler may emit to. The runtime creates the topic at start when it is missing. */
        public Builder<E> emits(Topic<?> target) {
            targets.add(target);
            return this;
        }

        /** Adds a line of this name to a job's history when its record is done here. */
        public Builder<E> reports(String jobKind, String stage) {
            this.stage = stage;
            return reportsFailures(jobKind);
        }

        /** As {@link #reports}, and the job has succeeded then. For the last sink only. */
        public Builder<E> completes(String jobKind, String stage) {
            this.completesJobs = true;
            return reports(jobKind, stage);
        }

        /**
         * Reports only failed records to the job. The handler reports progress itself, by emitting job events. For jobs
         * about many records.
         */
        public Builder<E> reportsFailures(String jobKind) {
            this.jobKind = jobKind;
            this.saysWhatItReports = true;
            return this;
        }

        /** Reports nothing to jobs, not even failed records. For work that no job waits for. */
        public Builder<E> reportsNothing() {
            this.saysWhatItReports = true;
            return this;
        }

        /** Names the dependencies that the handler cannot work without. */
        public Builder<E> dependsOn(Dependency... needed) {
            dependencies.addAll(List.of(needed));
            return this;
        }

        /** Sets the table that says what the handler's exceptions mean. */
        public Builder<E> translating(FailureTranslator table) {
            this.errors = table;
            return this;
        }

        /** Sets the handler and the retry policy, and builds the pipeline. */
        public Pipeline<E> handledBy(BatchHandler<E> handler, RetryPolicy retry) {
            if (!saysWhatItReports) {
                throw new IllegalStateException("pipeline " + named.name() + " must say what it reports to jobs");
            }
            return new Pipeline<>(
                    named.name(),
                    named.group(),
                    source,
                    batchSize,
                    targets,
                    jobKind,
                    stage,
                    completesJobs,
                    dependencies,
                    errors,
                    handler,
                    retry);
        }
    }
}
