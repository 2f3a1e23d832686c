package io.sluice.runtime.engine;

import static io.sluice.runtime.Failure.Scope.DEPENDENCY;
import static io.sluice.runtime.RuntimeFailure.KAFKA_UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.Dependency;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.PipelineStatus.Waiting;
import io.sluice.runtime.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A gate that two threads of a pipeline share. */
@Timeout(20)
class DependencyGateTest {
    private static final Retryable AWAY = new Retryable(KAFKA_UNAVAILABLE, "away", DEPENDENCY);

    private final MovableClock clock = new MovableClock();
    private final AtomicInteger probes = new AtomicInteger();
    private final CountDownLatch probed = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private final DependencyGate gate =
            new DependencyGate("test", List.of(new Slow()), RetryPolicy.ofDefaults(), clock, () -> -1L);
    private final ExecutorService one = Executors.newSingleThreadExecutor();
    private final ExecutorService two = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        answer.countDown();
        one.shutdownNow();
        two.shutdownNow();
    }

    @Test
    void saysWhyItIsShut() {
        gate.reportFailure(AWAY);

        assertThat(gate.outage()).hasValueSatisfying(outage -> {
            assertThat(outage.code()).isEqualTo("KAFKA_UNAVAILABLE");
            assertThat(outage.detail()).isEqualTo("away");
        });
        assertThat(new Waiting("KAFKA_UNAVAILABLE", "away; look at the broker", Instant.EPOCH).words())
                .isEqualTo("waiting because of KAFKA_UNAVAILABLE since 1970-01-01T00:00:00Z: away; look at the broker");
    }

    @Test
    void oneThreadProbesAtATime() throws Exception {
        gate.reportFailure(AWAY);
        clock.advance(Duration.ofMinutes(1));

        var probing = one.submit(gate::probeIfDue);
        probed.await();
        in(two, () -> {
            gate.probeIfDue();
            return gate.isPassable();
        });
        answer.countDown();
        probing.get();

        assertThat(probes).hasValue(1);
    }

    @Test
    void theTrialIsABatchOfOneThreadAndOnlyThatThreadEndsIt() throws Exception {
        answer.countDown();
        gate.reportFailure(AWAY);
        assertThat(in(two, gate::isPassable)).as("it has a record that waits").isFalse();
        clock.advance(Duration.ofSeconds(5));
        in(one, () -> {
            gate.probeIfDue();
            gate.batchDone();
            return true;
        });
        assertThat(gate.outage())
                .as("the other thread has the record that waits")
                .isPresent();

        assertThat(in(two, gate::isPassable)).isTrue();
        assertThat(in(two, gate::isTrial)).isTrue();
        assertThat(in(one, gate::isPassable)).isFalse();
        assertThat(in(one, gate::isTrial)).isFalse();
        in(one, () -> {
            gate.batchDone();
            return true;
        });
        assertThat(gate.outage()).isPresent();

        in(two, () -> {
            gate.batchDone();
            return true;
        });
        assertThat(gate.outage()).isEmpty();
        assertThat(in(one, gate::isPassable)).isTrue();
    }

    @Test
    void aFailureInAnyThreadFailsTheTrial() throws Exception {
        answer.countDown();
        gate.reportFailure(AWAY);
        clock.advance(Duration.ofSeconds(5));
        in(one, () -> {
            gate.probeIfDue();
            return gate.isPassable();
        });

        gate.reportFailure(AWAY);
        in(one, () -> {
            gate.batchDone();
            return true;
        });

        assertThat(gate.outage())
                .hasValueSatisfying(outage -> assertThat(outage.probes()).isEqualTo(2));
    }

    @Test
    void aTrialOfAThreadThatDiedGoesToAnother() throws Exception {
        answer.countDown();
        gate.reportFailure(AWAY);
        clock.advance(Duration.ofSeconds(5));
        var dying = new Thread(() -> {
            gate.probeIfDue();
            assertThat(gate.isPassable()).isTrue();
        });
        dying.start();
        dying.join();

        assertThat(in(two, gate::isPassable)).isTrue();
    }

    private static <T> T in(ExecutorService thread, Callable<T> step) throws InterruptedException, ExecutionException {
        return thread.submit(step).get();
    }

    /** Answers when the test lets it. */
    private final class Slow implements Dependency {
        @Override
        public String name() {
            return "store";
        }

        @Override
        public void probe() throws InterruptedException {
            probes.incrementAndGet();
            probed.countDown();
            answer.await();
        }
    }
}
