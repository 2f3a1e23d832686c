package io.sluice.testkit;

import static io.sluice.testkit.Pipelines.VECTORS;
import static io.sluice.testkit.Pipelines.each;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Scope;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.Received;
import io.sluice.runtime.RetryPolicy;
import io.sluice.runtime.RetryPolicy.Tier;
import io.sluice.runtime.RuntimeFailure;
import io.sluice.runtime.run.RunningPipeline;
import io.sluice.schemas.Topics;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.wire.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.Test;

/** Records that fail a few times wait in retry topics, while others pass them. */
class RetryTopicsIT {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(3);
    private static final Duration SECOND_WAIT = Duration.ofSeconds(4);

    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();

    @Test
    void goodRecordsDoNotWaitForThoseThatFailTwiceAndEachIsWrittenOnce() {
        try (var lab = PipelineLab.open(4)) {
            var pipeline = failing("flaky", 2, FIRST_WAIT, SECOND_WAIT);
            lab.create(Topics.PRODUCTS, VECTORS, Topics.JOB_EVENTS);
            for (var i = 0; i < 500; i++) {
                publish(lab, "p-" + i, "first");
            }
            for (var i = 0; i < 500; i++) {
                publish(lab, "p-" + i, i % 5 == 0 ? "flaky" : "second");
            }

            lab.start(pipeline);
            lab.awaitDrained(pipeline);

            var emitted = lab.read(VECTORS);
            assertThat(emitted).as("each is written once").hasSize(1_000);
            Guarantee.checkAll(lab, pipeline, VECTORS);
            var flaky = emitted.stream().filter(RetryTopicsIT::isFlaky).toList();
            var good = emitted.stream().filter(message -> !isFlaky(message)).toList();
            assertThat(flaky).hasSize(100);
            assertThat(latest(good)).as("the good ones are done first").isBefore(earliest(flaky));
            assertThat(lab.retries(pipeline, "retry-10s")).hasSize(100);
            assertThat(lab.retries(pipeline, "retry-2m")).hasSize(100);
            var due = dueTimes(lab.retries(pipeline, "retry-2m"));
            assertThat(flaky)
                    .allSatisfy(message -> assertThat(Instant.ofEpochMilli(message.timestamp()))
                            .isAfterOrEqualTo(due.get(text(message.key()))));
            assertThat(lab.deadLetters(pipeline)).isEmpty();
            assertThat(lab.reports())
                    .hasSize(1_000)
                    .allSatisfy((job, steps) -> assertThat(steps)
                            .containsExactlyElementsOf(
                                    job.endsWith("flaky")
                                            ? List.of("embedded:retrying", "embedded:retrying", "embedded:succeeded")
                                            : List.of("embedded:succeeded")));
        }
    }

    @Test
    void aCrashBetweenTheRetryAndTheCommitLosesNothing() throws Exception {
        try (var lab = PipelineLab.open(1)) {
            var pipeline = failing("flaky", 2, Duration.ofMillis(500), Duration.ofMillis(500));
            lab.create(Topics.PRODUCTS, VECTORS, Topics.JOB_EVENTS);
            for (var i = 0; i < 40; i++) {
                publish(lab, "p-" + i, i % 4 == 0 ? "flaky" : "good");
            }
            var running = new AtomicReference<RunningPipeline>();
            var crashed = new CountDownLatch(1);

            running.set(lab.start(
                    pipeline,
                    producer -> FaultyProducer.around(producer, message -> {
                        if (text(message.value()).contains("\"outcome\":\"retrying\"")) {
                            crash(
                                    running,
                                    crashed); // the retries of the batch are written, its offset is not committed
                        }
                    })));
            crashed.await();
            assertThat(lab.retries(pipeline, "retry-10s")).isNotEmpty();
            assertThat(lab.lag(pipeline)).isEqualTo(40);

            lab.start(pipeline);
            lab.awaitDrained(pipeline);

            assertThat(lab.retries(pipeline, "retry-10s")).as("some twice").hasSizeGreaterThan(10);
            Guarantee.NOTHING_LOST.check(lab, pipeline, VECTORS);
            assertThat(lab.deadLetters(pipeline)).isEmpty();
        }
    }

    @Test
    void aRecordThatNeverPassesIsGivenUpAfterTheLastTierWithAllItsAttempts() {
        try (var lab = PipelineLab.open(2)) {
            var pipeline = failing("flaky", 100, Duration.ofMillis(200), Duration.ofMillis(200));
            lab.create(Topics.PRODUCTS, VECTORS, Topics.JOB_EVENTS);
            publish(lab, "p", "flaky");

            lab.start(pipeline);
            lab.awaitDrained(pipeline);

            assertThat(lab.deadLetters(pipeline)).hasSize(1);
            var headers = TestKafka.headers(lab.deadLetters(pipeline).getFirst());
            var first = TestKafka.headers(lab.retries(pipeline, "retry-10s").getFirst());
            assertThat(headers)
                    .containsEntry(Headers.ATTEMPT, "3")
                    .containsEntry(Headers.ORIG_TOPIC, lab.names().of(Topics.PRODUCTS))
                    .containsEntry(Headers.FIRST_FAILED_AT, first.getOrDefault(Headers.FIRST_FAILED_AT, ""))
                    .containsEntry(Headers.ERROR_CLASS, "TOO_LARGE")
                    .doesNotContainKey(Headers.NOT_BEFORE);
            assertThat(lab.reports("p flaky"))
                    .containsExactly("embedded:retrying", "embedded:retrying", "embedded:dead");
        }
    }

    /** Makes a pipeline with two tiers, whose records with this name fail so often before they pass. */
    private Pipeline<ProductSaved> failing(String name, int times, Duration first, Duration second) {
        var policy = new RetryPolicy(
                1,
                Duration.ofMillis(10),
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                List.of(new Tier("retry-10s", first), new Tier("retry-2m", second)));
        return Pipelines.builder(16)
                .completes("product", "embedded")
                .handledBy(each(product -> outcome(product, name, times)), policy);
    }

    private Outcome outcome(Received<ProductSaved> product, String name, int times) {
        var event = Objects.requireNonNull(product.event());
        return event.name().equals(name) && attempts.merge(product.key(), 1, Integer::sum) <= times
                ? Outcome.failed(new Retryable(RuntimeFailure.TOO_LARGE, "not now", Scope.RECORD))
                : Pipelines.embed(product);
    }

    private static void publish(PipelineLab lab, String key, String name) {
        lab.publish(Topics.PRODUCTS, Samples.product(key, name), key + " " + name);
    }

    private static boolean isFlaky(ConsumerRecord<byte[], byte[]> message) {
        return text(message.value()).contains("\"flaky\"");
    }

    private static String text(byte[] utf8) {
        return new String(utf8, UTF_8);
    }

    private static Instant latest(List<ConsumerRecord<byte[], byte[]>> messages) {
        return Instant.ofEpochMilli(
                messages.stream().mapToLong(ConsumerRecord::timestamp).max().orElseThrow());
    }

    private static Instant earliest(List<ConsumerRecord<byte[], byte[]>> messages) {
        return Instant.ofEpochMilli(
                messages.stream().mapToLong(ConsumerRecord::timestamp).min().orElseThrow());
    }

    private static Map<String, Instant> dueTimes(List<ConsumerRecord<byte[], byte[]>> waiting) {
        return waiting.stream().collect(toMap(message -> text(message.key()), RetryTopicsIT::notBefore));
    }

    private static Instant notBefore(ConsumerRecord<byte[], byte[]> waiting) {
        return Instant.ofEpochMilli(Long.parseLong(String.valueOf(TestKafka.header(waiting, Headers.NOT_BEFORE))));
    }

    /** Crashes the pipeline from its own thread. This method does not return. */
    private static void crash(AtomicReference<RunningPipeline> running, CountDownLatch crashed) {
        Thread.ofVirtual().start(() -> {
            Objects.requireNonNull(running.get()).crash();
            crashed.countDown();
        });
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new InterruptException("crashed");
        }
    }
}
