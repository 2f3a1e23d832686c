package io.sluice.embedder.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CpuPoolTest {
    @Test
    void aQueryOvertakesOtherWorkThatHasNotBegun() {
        var done = new CopyOnWriteArrayList<String>();
        var began = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        try (var pool = new CpuPool(1)) {
            var begun = pool.submit(Lane.PRODUCTS, () -> {
                began.countDown();
                gate.await();
                return done.add("product 1");
            });
            assertThat(began).satisfies(latch -> latch.await());
            var waiting = List.of(
                    begun,
                    pool.submit(Lane.PRODUCTS, () -> done.add("product 2")),
                    pool.submit(Lane.PRODUCTS, () -> done.add("product 3")),
                    pool.submit(Lane.QUERY, () -> done.add("query 1")),
                    pool.submit(Lane.QUERY, () -> done.add("query 2")));
            gate.countDown();
            CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new)).join();
        }
        assertThat(done).containsExactly("product 1", "query 1", "query 2", "product 2", "product 3");
    }

    @Test
    void closingCompletesWorkInFlightAndFailsTheRest() {
        var begun = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        var pool = new CpuPool(1);
        var inFlight = pool.submit(Lane.PRODUCTS, () -> {
            begun.countDown();
            var interrupted = false;
            while (gate.getCount() > 0) {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return interrupted ? "ended, though asked to stop" : "ended";
        });
        assertThat(begun).satisfies(latch -> latch.await());
        var waiting = pool.submit(Lane.QUERY, () -> "never");

        var closing = Thread.ofVirtual().start(pool::close);
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(RejectedExecutionException.class);
        assertThat(closing.isAlive()).isTrue();
        assertThat(inFlight).isNotDone();
        gate.countDown();

        assertThat(inFlight.join()).startsWith("ended");
        assertThatThrownBy(() -> pool.submit(Lane.QUERY, () -> "late").join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void aStuckThreadIsReplacedUntilItReturns() {
        var gate = new CountDownLatch(1);
        try (var pool = new CpuPool(1)) {
            var stuck = pool.submit(Lane.PRODUCTS, Duration.ofMillis(50), () -> {
                gate.await();
                return "late";
            });
            assertThatThrownBy(stuck::join).hasCauseInstanceOf(TimeoutException.class);
            assertThat(pool.submit(Lane.PRODUCTS, () -> "done").join()).isEqualTo("done");

            gate.countDown();
            await().untilAsserted(() -> assertThat(pool.stuck()).isZero());
            assertThat(threads(pool)).hasSize(1);
        }
    }

    @Test
    void waitingWorkDoesNotUseUpItsLimit() {
        var gate = new CountDownLatch(1);
        try (var pool = new CpuPool(1)) {
            var first = pool.submit(Lane.PRODUCTS, () -> {
                gate.await();
                return "first";
            });
            var behind = pool.submit(Lane.PRODUCTS, Duration.ofMillis(1), gate::getCount);
            // timers fire in the order of their times
            var later = new CompletableFuture<String>().completeOnTimeout("later", 100, TimeUnit.MILLISECONDS);
            assertThat(later.join()).isEqualTo("later");
            assertThat(behind).isNotDone();
            gate.countDown();
            assertThat(first.join()).isEqualTo("first");
        }
    }

    @Test
    void closingLeavesStuckThreadsBehind() {
        var gate = new CountDownLatch(1);
        var pool = new CpuPool(1);
        var stuck = pool.submit(Lane.PRODUCTS, Duration.ofMillis(1), () -> {
            while (gate.getCount() > 0) {
                Thread.onSpinWait(); // ignores interrupts, as native code does
            }
            return "late";
        });
        assertThatThrownBy(stuck::join).hasCauseInstanceOf(TimeoutException.class);

        pool.close();

        assertThat(pool.stuck()).isEqualTo(1);
        gate.countDown();
    }

    private static Set<String> threads(CpuPool pool) {
        var gate = new CountDownLatch(1);
        var names = new ConcurrentSkipListSet<String>();
        var pieces = IntStream.range(0, 20)
                .mapToObj(_ -> pool.submit(Lane.PRODUCTS, () -> {
                    gate.await();
                    return names.add(Thread.currentThread().getName());
                }))
                .toArray(CompletableFuture<?>[]::new);
        gate.countDown();
        CompletableFuture.allOf(pieces).join();
        return names;
    }
}
