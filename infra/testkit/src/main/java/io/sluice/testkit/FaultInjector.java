package io.sluice.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.BatchHandler;
import io.sluice.runtime.CallLimit;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.PipelineStatus.Running;
import io.sluice.runtime.RetryPolicy;
import io.sluice.runtime.RetryPolicy.Tier;
import io.sluice.schemas.Topics;
import io.sluice.schemas.event.Event;
import io.sluice.schemas.wire.Headers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Makes one record among good ones fail in some way whenever the handler gets it, while every store works. Checks that
 * the good ones pass, that the bad one is given up once with a code that blames no store, and that the pipeline runs
 * afterwards.
 */
public final class FaultInjector {
    /** The good ones must not wait longer for the bad one. */
    private static final Duration MOST = Duration.ofSeconds(10);

    private static final RetryPolicy QUICK = new RetryPolicy(
            2,
            Duration.ofMillis(10),
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            List.of(new Tier(Topics.FIRST_RETRY, Duration.ofMillis(100))));

    private final PipelineLab lab;
    private final String bad;

    /** @param bad the key of the record that fails */
    public FaultInjector(PipelineLab lab, String bad) {
        this.lab = lab;
        this.bad = bad;
    }

    /**
     * A way to fail.
     *
     * @param name for the table of outcomes
     * @param hangs the timeout of the call that fails
     */
    public record Fault(String name, Duration hangs, Supplier<? extends Throwable> thrown) {
        /** Fails at once. */
        public Fault(String name, Supplier<? extends Throwable> thrown) {
            this(name, Duration.ZERO, thrown);
        }

        @Override
        public String toString() {
            return name;
        }

        /** Fails. */
        public void happen() throws Exception {
            TimeUnit.NANOSECONDS.sleep(CallLimit.orLess(hangs).toNanos());
            switch (thrown.get()) {
                case Exception e -> throw e;
                case Error e -> throw e;
                case Throwable e -> throw new IllegalStateException(e);
            }
        }
    }

    /**
     * Runs the pipeline, whose handler fails on the bad record, on records that are on its topic already.
     *
     * @param good how many good records there are
     * @param codes the codes that blame no store
     */
    public <E extends Event> void check(Pipeline<E> pipeline, Fault fault, int good, List<String> codes) {
        checkStore(
                with(pipeline, batch -> {
                    if (batch.stream().anyMatch(received -> received.key().equals(bad))) {
                        fault.happen();
                    }
                    return pipeline.handler().handle(batch);
                }),
                fault,
                good,
                codes);
    }

    /** Runs the pipeline, whose store fails on the bad record. */
    public <E extends Event> void checkStore(Pipeline<E> pipeline, Fault fault, int good, List<String> codes) {
        var faulty = with(pipeline, pipeline.handler());
        var began = System.nanoTime();
        var running = lab.start(faulty);
        PipelineLab.await().until(() -> passed(faulty) >= good);
        var took = Duration.ofNanos(System.nanoTime() - began);
        lab.awaitDrained(faulty);
        PipelineLab.await().until(() -> !lab.deadLetters(faulty).isEmpty());
        PipelineLab.await().until(() -> running.status() instanceof Running);

        var letters = lab.deadLetters(faulty);
        var code = TestKafka.header(letters.getFirst(), Headers.ERROR_CLASS);
        System.out.printf(
                "FAULT | %s | %s | %d of %d in %d ms | %d x `%s` | running |%n",
                pipeline.name(), fault, passed(faulty), good, took.toMillis(), letters.size(), code);
        assertThat(letters)
                .extracting(letter -> new String(letter.key(), UTF_8))
                .containsExactly(bad);
        assertThat(codes).contains(code);
        assertThat(passed(faulty)).isEqualTo(good);
        assertThat(took).isLessThan(MOST);
    }

    /** {@return how many records the pipeline passed, by its own metrics} */
    private long passed(Pipeline<?> pipeline) {
        return lab.meters().find("sluice.pipeline.records").tag("pipeline", pipeline.name()).counters().stream()
                .filter(counter -> !List.of("dead", "moved", "retried", "delayed")
                        .contains(counter.getId().getTag("outcome")))
                .mapToLong(counter -> (long) counter.count())
                .sum();
    }

    private static <E extends Event> Pipeline<E> with(Pipeline<E> pipeline, BatchHandler<E> handler) {
        return new Pipeline<>(
                pipeline.name(),
                pipeline.group(),
                pipeline.source(),
                pipeline.batchSize(),
                pipeline.targets(),
                pipeline.jobKind(),
                pipeline.stage(),
                pipeline.completesJobs(),
                pipeline.dependencies(),
                pipeline.errors(),
                handler,
                QUICK);
    }
}
