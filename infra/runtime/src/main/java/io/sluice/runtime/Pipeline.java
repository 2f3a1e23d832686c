package io.sluice.runtime;

import io.sluice.schemas.Topic;
import io.sluice.schemas.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one processor does, as a value: what comes in, how many at a time, what goes out, who does the work, and what
 * happens on failure. A pipeline that is a bean is run by the runtime from start to stop.
 *
 * @param name the processor's name, in metrics, logs and the name of its dead-letter topic
 * @param group the consumer group; the name unless said otherwise
 * @param stage what the work is called in a job's history, as a past participle; null when the handler tells the job
 *     itself how far it is
 * @param completesJobs whether a record done here ends its job; true for the last sink only
 */
public record Pipeline<E extends Event>(
        String name,
        String group,
        Source<E> source,
        int batchSize,
        List<Topic<?>> targets,
        String jobKind,
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

    /** {@return the first words of a pipeline} */
    public static Named named(String name) {
        return new Named(name, name);
    }

    /** {@return one line for the topology: {@code products.v1 -> embedder -> product-vectors…}} */
    public String describe() {
        var out = targets.isEmpty()
                ? ""
                : " -> " + String.join(", ", targets.stream().map(Topic::name).toList());
        return source.name() + " -> " + name + out;
    }

    /** A pipeline with a name. */
    public record Named(String name, String group) {
        /** Reads as another consumer group than the name, as a second index does. */
        public Named inGroup(String group) {
            return new Named(name, group);
        }

        /** Says which topic records come from. */
        public <E extends Event> Builder<E> from(Topic<E> topic) {
            return from(Source.of(topic));
        }

        /** Says where records come from, when that is not a topic of the catalogue itself. */
        public <E extends Event> Builder<E> from(Source<E> source) {
            return new Builder<>(this, source);
        }
    }

    /** A pipeline in the making. */
    public static final class Builder<E extends Event> {
        private final Named named;
        private final Source<E> source;
        private final List<Topic<?>> targets = new ArrayList<>();
        private final List<Dependency> dependencies = new ArrayList<>();
        private int batchSize = 1;
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

        /** Names a topic the handler may emit to; it is created at start. */
        public Builder<E> emits(Topic<?> target) {
            targets.add(target);
            return this;
        }

        /** Adds a line of this name to a job's history when its record is done here. */
        public Builder<E> reports(String jobKind, String stage) {
            this.jobKind = jobKind;
            this.stage = stage;
            return this;
        }

        /** As {@link #reports}, and the job has then succeeded: for the last sink. */
        public Builder<E> completes(String jobKind, String stage) {
            this.completesJobs = true;
            return reports(jobKind, stage);
        }

        /**
         * Tells a job only that its record failed; how far it is, the handler says itself, by emitting job events. For work
         * whose job is about many records.
         */
        public Builder<E> reportsFailures(String jobKind) {
            this.jobKind = jobKind;
            return this;
        }

        /** Names what the handler cannot work without. */
        public Builder<E> dependsOn(Dependency... needed) {
            dependencies.addAll(List.of(needed));
            return this;
        }

        /** Says what exceptions out of the handler mean. */
        public Builder<E> translating(FailureTranslator table) {
            this.errors = table;
            return this;
        }

        /** Ends the sentence: who does the work, and how often it is tried. */
        public Pipeline<E> handledBy(BatchHandler<E> handler, RetryPolicy retry) {
            if (jobKind == null) {
                throw new IllegalStateException("pipeline " + named.name() + " says nothing about jobs");
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
