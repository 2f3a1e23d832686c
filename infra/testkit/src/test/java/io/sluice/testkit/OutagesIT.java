package io.sluice.testkit;

import static io.sluice.runtime.Failure.Scope.DEPENDENCY;
import static io.sluice.testkit.Pipelines.QUICK;
import static io.sluice.testkit.Pipelines.VECTORS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.Dependency;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.FailureCode;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.PipelineStatus.Dead;
import io.sluice.runtime.PipelineStatus.Running;
import io.sluice.runtime.PipelineStatus.Stalled;
import io.sluice.runtime.PipelineStatus.Suspended;
import io.sluice.runtime.PipelineStatus.Waiting;
import io.sluice.schemas.Topics;
import io.sluice.schemas.product.ProductSaved;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class OutagesIT {
    private final AtomicBoolean up = new AtomicBoolean(true);
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void anOutageCostsTimeNotRecords() {
        try (var lab = PipelineLab.open(3)) {
            var pipeline = needingTheStore();
            lab.create(Topics.PRODUCTS);
            up.set(false);
            for (var product : Samples.products(60)) {
                lab.publish(Topics.PRODUCTS, product, "job-" + product.productId());
            }

            var running = lab.start(pipeline);
            PipelineLab.await().until(() -> running.status() instanceof Waiting);
            PipelineLab.await().until(() -> calls.get() > 10); // the probes go on
            assertThat(lab.read(VECTORS)).isEmpty();
            up.set(true);
            lab.awaitDrained(pipeline);
            PipelineLab.await().until(() -> running.status() instanceof Running);

            assertThat(lab.events(VECTORS)).hasSize(60);
            assertThat(lab.deadLetters(pipeline)).isEmpty();
            assertThat(lab.reports())
                    .hasSize(60)
                    .allSatisfy((job, reports) -> assertThat(reports)
                            .as("a job gets at most one report of the outage, and then the report of the step")
                            .isIn(List.of("embedded:processing"), List.of("embedded:retrying", "embedded:processing")));
        }
    }

    @Test
    void whenMostRecordsFailForAnUnknownReasonTheBacklogIsKept() {
        try (var lab = PipelineLab.open(2)) {
            up.set(false);
            var pipeline = Pipelines.embedding(16, batch -> {
                if (!up.get()) {
                    throw new IllegalStateException("a defect");
                }
                return Pipelines.embedAll(batch);
            });
            lab.create(Topics.PRODUCTS);
            for (var product : Samples.products(80)) {
                lab.publish(Topics.PRODUCTS, product, null);
            }

            var running = lab.start(pipeline);
            PipelineLab.await().until(() -> running.status() instanceof Suspended);
            up.set(true);
            lab.awaitDrained(pipeline);

            var lost = lab.deadLetters(pipeline).size();
            assertThat(lost).as("ten, and one after each pause").isBetween(10, 20);
            assertThat(lab.events(VECTORS)).hasSize(80 - lost);
            PipelineLab.await().until(() -> running.status() instanceof Running);
        }
    }

    @Test
    void writesAgainWhatTheBrokerDidNotAccept() {
        try (var lab = PipelineLab.open(2)) {
            var pipeline = Pipelines.embedding(8, Pipelines::embedAll);
            lab.create(Topics.PRODUCTS);
            for (var product : Samples.products(40)) {
                lab.publish(Topics.PRODUCTS, product, "job-" + product.productId());
            }
            lab.write(Topics.PRODUCTS, "bad", "oops", "job-bad");

            lab.start(pipeline, this::failingEveryThirdTime);
            lab.awaitDrained(pipeline);

            assertThat(lab.events(VECTORS)).extracting(vectors -> vectors.key()).contains(keys(40));
            assertThat(lab.deadLetters(pipeline)).isNotEmpty();
            assertThat(lab.reports())
                    .hasSize(41)
                    .allSatisfy((job, reports) -> assertThat(reports)
                            .contains(job.equals("job-bad") ? "embedded:dead" : "embedded:processing"));
        }
    }

    @Test
    void aDefectiveHandlerStopsThePipelineAndMovesNoOffset() {
        try (var lab = PipelineLab.open(1)) {
            var pipeline = Pipelines.embedding(8, batch -> List.of());
            lab.create(Topics.PRODUCTS);
            lab.publish(Topics.PRODUCTS, Samples.product("p"), null);

            var running = lab.start(pipeline);
            PipelineLab.await().until(() -> running.status() instanceof Dead);

            assertThat(running.status())
                    .isInstanceOfSatisfying(
                            Dead.class, dead -> assertThat(dead.reason()).contains("gave 0 outcomes for 1 records"));
            assertThat(lab.lag(pipeline)).isEqualTo(1);
            assertThat(lab.deadLetters(pipeline)).isEmpty();
        }
    }

    @Test
    void anOffsetThatTheLogDoesNotHaveStopsThePartitionInsteadOfSkipping() throws Exception {
        try (var lab = PipelineLab.open(2)) {
            var pipeline = Pipelines.embedding(8, Pipelines::embedAll);
            lab.create(Topics.PRODUCTS);
            for (var product : Samples.products(20)) {
                lab.publish(Topics.PRODUCTS, product, null);
            }
            var gone = new TopicPartition(lab.names().of(Topics.PRODUCTS), 0);
            lab.kafka()
                    .admin()
                    .alterConsumerGroupOffsets(
                            lab.names().group("embedder"), Map.of(gone, new OffsetAndMetadata(1_000)))
                    .all()
                    .get();

            var running = lab.start(pipeline);
            PipelineLab.await().until(() -> running.status() instanceof Stalled);
            var others = lab.read(Topics.PRODUCTS).stream()
                    .filter(message -> message.partition() != gone.partition())
                    .count();
            PipelineLab.await().until(() -> lab.read(VECTORS).size() == others);

            assertThat(lab.kafka().committed(lab.names().group("embedder")).get(gone))
                    .isEqualTo(new OffsetAndMetadata(1_000));
            assertThat(running.status())
                    .isInstanceOfSatisfying(
                            Stalled.class,
                            stalled -> assertThat(stalled.reason()).contains("1000"));
        }
    }

    private Pipeline<ProductSaved> needingTheStore() {
        return Pipelines.builder(8)
                .dependsOn(new Dependency() {
                    @Override
                    public String name() {
                        return "store";
                    }

                    @Override
                    public void probe() throws IOException {
                        useTheStore();
                    }
                })
                .translating(thrown -> thrown instanceof IOException
                        ? Optional.of(new Retryable(Code.STORE_DOWN, "the store is down", DEPENDENCY, thrown))
                        : Optional.empty())
                .handledBy(
                        batch -> {
                            useTheStore();
                            return Pipelines.embedAll(batch);
                        },
                        QUICK);
    }

    private void useTheStore() throws IOException {
        calls.incrementAndGet();
        if (!up.get()) {
            throw new IOException("refused");
        }
    }

    private Producer<byte[], byte[]> failingEveryThirdTime(Producer<byte[], byte[]> producer) {
        return FaultyProducer.around(producer, message -> {
            if (calls.incrementAndGet() % 3 == 0) {
                throw new TimeoutException("the test's broker is away");
            }
        });
    }

    private static String[] keys(int count) {
        return Samples.products(count).stream().map(ProductSaved::productId).toArray(String[]::new);
    }

    private enum Code implements FailureCode {
        STORE_DOWN
    }
}
