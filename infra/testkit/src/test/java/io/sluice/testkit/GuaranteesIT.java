package io.sluice.testkit;

import static io.sluice.testkit.Pipelines.QUICK;
import static io.sluice.testkit.Pipelines.VECTORS;
import static io.sluice.testkit.Pipelines.each;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Scope;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.Received;
import io.sluice.runtime.RuntimeFailure;
import io.sluice.runtime.run.RunningPipeline;
import io.sluice.schemas.Topics;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class GuaranteesIT {
    @Test
    void aCrashBetweenEmissionAndCommitRepeatsAndLosesNothing() throws Exception {
        try (var lab = PipelineLab.open(1)) {
            var pipeline = Pipelines.embedding(8, Pipelines::embedAll);
            lab.create(Topics.PRODUCTS);
            publish(lab, Samples.products(40));
            var running = new AtomicReference<RunningPipeline>();
            var emitted = new AtomicInteger();
            var crashed = new CountDownLatch(1);

            running.set(lab.start(
                    pipeline,
                    producer -> FaultyProducer.around(producer, message -> {
                        if (emitted.incrementAndGet() == 21) {
                            producer.flush(); // the 20 records before it are written; their batch is not committed yet
                            crash(running, crashed);
                        }
                    })));
            crashed.await();
            assertThat(lab.read(VECTORS)).hasSizeGreaterThanOrEqualTo(20);
            assertThat(lab.lag(pipeline)).isGreaterThanOrEqualTo(24);

            lab.start(pipeline);
            lab.awaitDrained(pipeline);

            assertThat(lab.read(VECTORS)).hasSizeGreaterThan(40);
            Guarantee.checkAll(lab, pipeline, VECTORS);
        }
    }

    @Test
    void anInstanceThatDiesHandsItsPartitionsToTheOther() throws Exception {
        try (var lab = PipelineLab.open(4)) {
            var first = new AtomicInteger();
            var second = new AtomicInteger();
            var one = lab.start(counting(first));
            publish(lab, Samples.products(40));
            lab.awaitDrained(counting(first));
            lab.start(counting(second));
            // partitions move in a second, cooperative rebalance, so write until both instances have handled some
            PipelineLab.await().until(() -> {
                publish(lab, Samples.products(20));
                return second.get() > 0 && first.get() > 40;
            });

            one.crash();
            var before = second.get();
            publish(lab, Samples.products(80));
            lab.awaitDrained(counting(second));

            assertThat(second.get() - before).isGreaterThanOrEqualTo(80);
            Guarantee.checkAll(lab, counting(second), VECTORS);
        }
    }

    @Test
    void stoppingUnderLoadCommitsWhatItFinishedAndTheNextStartContinuesFromThere() {
        try (var lab = PipelineLab.open(3)) {
            var seen = new AtomicInteger();
            var pipeline = counting(seen);
            lab.create(Topics.PRODUCTS);
            publish(lab, Samples.products(400));

            try (var running = lab.start(pipeline)) {
                PipelineLab.await().until(() -> seen.get() > 50);
                assertThat(running.name()).isEqualTo("embedder");
            }
            var emitted = lab.read(VECTORS).size();
            assertThat(lab.lag(pipeline))
                    .as("every emitted record is committed")
                    .isEqualTo(400 - emitted);
            assertThat(seen.get()).isEqualTo(emitted);

            lab.start(pipeline);
            lab.awaitDrained(pipeline);

            assertThat(lab.read(VECTORS)).as("no record was emitted twice").hasSize(400);
            Guarantee.checkAll(lab, pipeline, VECTORS);
        }
    }

    @Seeded
    @Test
    void guaranteesHoldThroughRestartsCrashesRetriesAndARefusingBroker(Seed seed) throws Exception {
        var random = seed.random();
        try (var lab = PipelineLab.open(3)) {
            var last = flaky(seed.random(-1));
            var instances = new ArrayList<RunningPipeline>();
            for (var round = 0; round < 6; round++) {
                // an instance and its producer run in different threads, so each has its own source of randomness
                var refusals = seed.random(2 * round);
                instances.add(lab.start(
                        flaky(seed.random(2 * round + 1)),
                        producer -> FaultyProducer.around(producer, message -> {
                            if (chance(refusals, 50)) {
                                throw new TimeoutException("the test's broker is away");
                            }
                        })));
                publish(lab, updates(random, 60));
                PipelineLab.await().until(() -> !lab.read(VECTORS).isEmpty());
                Guarantee.OFFSETS_BEHIND_OUTCOMES.check(lab, last, VECTORS);
                var victim = instances.remove(random.nextInt(instances.size()));
                if (random.nextBoolean()) {
                    victim.crash();
                } else {
                    victim.close();
                }
            }
            lab.start(last);
            lab.awaitDrained(last);

            Guarantee.checkAll(lab, last, VECTORS);
        }
    }

    private static Pipeline<ProductSaved> counting(AtomicInteger seen) {
        return Pipelines.embedding(8, each(product -> {
            seen.incrementAndGet();
            return Pipelines.embed(product);
        }));
    }

    /** Makes a pipeline that fails at random: for one record, for a dependency, or for a whole batch. */
    private static Pipeline<ProductSaved> flaky(Random random) {
        return Pipelines.builder(8)
                .handledBy(
                        batch -> {
                            if (chance(random, 20)) {
                                throw new IllegalStateException("the batch fails");
                            }
                            return batch.stream()
                                    .map(product -> flaky(random, product))
                                    .toList();
                        },
                        QUICK);
    }

    private static Outcome flaky(Random random, Received<ProductSaved> product) {
        if (chance(random, 10)) {
            var scope = random.nextBoolean() ? Scope.RECORD : Scope.DEPENDENCY;
            return Outcome.failed(new Retryable(RuntimeFailure.TOO_LARGE, "not now", scope));
        }
        return Pipelines.embed(product);
    }

    private static boolean chance(Random random, int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private static List<ProductSaved> updates(Random random, int count) {
        return random.ints(count, 0, 10)
                .mapToObj(i -> Samples.product("p-" + i, "name " + random.nextInt()))
                .toList();
    }

    private static void publish(PipelineLab lab, List<ProductSaved> products) {
        for (var product : products) {
            lab.publish(Topics.PRODUCTS, product, null);
        }
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
