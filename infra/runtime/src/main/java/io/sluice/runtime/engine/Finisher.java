package io.sluice.runtime.engine;

import static io.sluice.runtime.Failure.Scope.DEPENDENCY;
import static io.sluice.runtime.RuntimeFailure.DEAD_LETTERS_REFUSED;
import static io.sluice.runtime.RuntimeFailure.KAFKA_UNAVAILABLE;

import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.engine.Fate.Buried;
import io.sluice.runtime.engine.OutcomeWriter.Written;
import io.sluice.runtime.engine.WorkState.Decided;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writing side of a consumer thread: writes the fates of decided works, and says which works are finished. Used by
 * one thread only.
 */
final class Finisher {
    private static final Logger LOG = LoggerFactory.getLogger(Finisher.class);

    private final String pipeline;
    private final OutcomeWriter writer;
    private final DependencyGate writes;
    private final RetryDecision retries;
    private final PipelineMetrics metrics;

    /** @param writes the gate where decided works wait while Kafka accepts no records */
    Finisher(
            String pipeline,
            OutcomeWriter writer,
            DependencyGate writes,
            RetryDecision retries,
            PipelineMetrics metrics) {
        this.pipeline = pipeline;
        this.writer = writer;
        this.writes = writes;
        this.retries = retries;
        this.metrics = metrics;
    }

    /** {@return the decided works whose fate is durable now; the others are written again} */
    List<Work> finish(List<Work> ready) throws InterruptedException {
        var decided = new LinkedHashMap<Work, Fate>();
        for (var work : ready) {
            if (work.state() instanceof Decided(var fate)) {
                decided.put(work, fate);
            }
        }
        if (decided.isEmpty()) {
            return List.of();
        }
        var finished = new ArrayList<Work>(decided.size());
        for (var result : writer.write(decided).entrySet()) {
            var work = result.getKey();
            switch (result.getValue()) {
                case Written.Durable() -> finished.add(work);
                case Written.Refused(var failure) -> refused(work, failure);
                case Written.NotYet(var cause) -> writes.reportFailure(unavailable(cause));
            }
        }
        finished.forEach(this::count);
        return finished;
    }

    /**
     * When Kafka refuses an emission, its record has failed. When Kafka refuses a dead letter, there is no other place
     * for it, so it waits.
     */
    private void refused(Work work, Fatal failure) {
        if (work.state() instanceof Decided(Buried fate)) {
            writes.reportFailure(new Retryable(
                    DEAD_LETTERS_REFUSED,
                    "Kafka refuses a dead letter: " + failure.detail(),
                    DEPENDENCY,
                    failure.cause()));
        } else {
            work.moveTo(retries.bury(work, failure));
        }
    }

    private void count(Work work) {
        if (work.state() instanceof Decided(var fate)) {
            metrics.finished(fate);
            if (fate instanceof Buried buried) {
                logDeadLetter(work, buried);
            }
        }
    }

    private void logDeadLetter(Work work, Buried fate) {
        var failure = fate.failure();
        LOG.atWarn()
                .addKeyValue("pipeline", pipeline)
                .addKeyValue("code", failure.code().name())
                .addKeyValue("detail", failure.detail())
                .addKeyValue("record", work.words())
                .addKeyValue("attempts", fate.attempts())
                .setCause(failure instanceof Retryable ? failure.cause() : null)
                .log("record given up");
    }

    private static Failure unavailable(Throwable cause) {
        return new Retryable(KAFKA_UNAVAILABLE, "Kafka does not accept records: " + cause, DEPENDENCY, cause);
    }
}
