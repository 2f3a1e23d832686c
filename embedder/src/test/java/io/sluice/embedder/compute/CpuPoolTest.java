package io.sluice.embedder.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CpuPoolTest {
    @Test
    void aQueryOvertakesBulkWorkThatHasNotBegun() {
        var done = new CopyOnWriteArrayList<String>();
        var gate = new CountDownLatch(1);
        try (var pool = new CpuPool(1)) {
            var begun = pool.submit(Lane.BULK, () -> {
                gate.await();
                return done.add("bulk 1");
            });
            var waiting = List.of(
                    begun,
                    pool.submit(Lane.BULK, () -> done.add("bulk 2")),
                    pool.submit(Lane.BULK, () -> done.add("bulk 3")),
                    pool.submit(Lane.QUERY, () -> done.add("query 1")),
                    pool.submit(Lane.QUERY, () -> done.add("query 2")));
            gate.countDown();
            CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new)).join();
        }
        assertThat(done).containsExactly("bulk 1", "query 1", "query 2", "bulk 2", "bulk 3");
    }

    @Test
    void closingLetsWorkInFlightEndAndFailsTheRest() {
        var begun = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        var pool = new CpuPool(1);
        var inFlight = pool.submit(Lane.BULK, () -> {
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
        var waiting = pool.submit(Lane.QUERY, () -> "never");
        assertThat(begun).satisfies(latch -> latch.await());

        var closing = Thread.ofVirtual().start(pool::close);
        assertThatThrownBy(waiting::join).isInstanceOf(CancellationException.class);
        assertThat(closing.isAlive()).isTrue();
        assertThat(inFlight).isNotDone();
        gate.countDown();

        assertThat(inFlight.join()).startsWith("ended");
        assertThatThrownBy(() -> pool.submit(Lane.QUERY, () -> "late").join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(RejectedExecutionException.class);
    }
}
