package io.sluice.rekognizer.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.rekognizer.FaceServiceException;
import io.sluice.rekognizer.RekognizerFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CallPermitsTest {
    private static final Duration SECONDS = Duration.ofSeconds(5);

    private final RuntimeException postgresIsAway = new IllegalStateException("Postgres is away");
    private final Desk desk = new Desk();
    private final CallPermits permits = new CallPermits(desk).start();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        threads.shutdownNow();
        permits.close();
    }

    @Test
    void aCallWithAPermitAsksPostgresNothing() throws Exception {
        try (var _ = permits.acquire(SECONDS)) {
            assertThat(desk.asked).hasSize(1);
        }
        for (var i = 0; i < 50; i++) {
            permits.acquire(SECONDS).close();
        }

        assertThat(desk.asked).hasSizeLessThan(4);
    }

    @Test
    void waitsUntilACallEnds() throws Exception {
        desk.most = 1;
        var first = permits.acquire(SECONDS);
        var second = threads.submit(() -> permits.acquire(SECONDS));
        await().until(() -> desk.asked.contains("1 of 2"));

        assertThat(second).isNotDone();
        first.close();
        second.get().close();
    }

    @Test
    void failsWhenNoPermitComesInTime() throws Exception {
        desk.most = 1;
        try (var _ = permits.acquire(SECONDS)) {
            assertThatThrownBy(() -> permits.acquire(Duration.ofMillis(50)))
                    .isInstanceOfSatisfying(FaceServiceException.class, e -> {
                        assertThat(e.failure().code()).isEqualTo(RekognizerFailure.REKOGNITION_THROTTLED);
                        assertThat(e.failure().detail()).contains("AWS_CONCURRENT_REQUESTS");
                    });
        }
    }

    @Test
    void failsAtOnceWhilePostgresIsAwayAndGoesOnAfterwards() throws Exception {
        desk.away = postgresIsAway;
        assertThatThrownBy(() -> permits.acquire(SECONDS)).isSameAs(postgresIsAway);
        assertThatThrownBy(() -> permits.acquire(SECONDS)).isSameAs(postgresIsAway);

        desk.away = null;
        permits.acquire(SECONDS).close();
    }

    @Test
    void noCallBeginsWhenPermitsCannotBeRenewed() throws Exception {
        permits.acquire(SECONDS).close();
        desk.away = postgresIsAway;

        await().atMost(SECONDS).until(() -> permits.held() == 0);
        assertThatThrownBy(() -> permits.acquire(SECONDS)).isSameAs(postgresIsAway);
    }

    @Test
    void anInstanceThatRestsReturnsItsPermits() throws Exception {
        permits.acquire(SECONDS).close();

        await().atMost(SECONDS).until(() -> desk.asked.getLast().equals("0 of 0") && permits.held() == 0);
    }

    @Test
    void keepsThePermitsOfCallsInFlight() throws Exception {
        try (var _ = permits.acquire(SECONDS)) {
            await().atMost(SECONDS).until(() -> desk.asked.contains("1 of 1"));
            assertThat(permits.inFlight()).isEqualTo(1);
        }
        assertThat(permits.inFlight()).isZero();
    }

    @Test
    void whoWaitsIsToldOfTheStop() throws Exception {
        desk.most = 1;
        var _ = permits.acquire(SECONDS);
        var waiting = threads.submit(() -> permits.acquire(Duration.ofMinutes(1)));
        await().until(() -> desk.asked.contains("1 of 2"));

        permits.stop();

        assertThatThrownBy(waiting::get).rootCause().hasMessage("the rekognizer stops");
    }

    /** Gives out permits from memory. */
    private static final class Desk implements CallPermits.Lessor {
        final List<String> asked = new CopyOnWriteArrayList<>();
        volatile int most = 10;
        volatile @Nullable RuntimeException away;

        @Override
        public int renew(int inFlight, int wanted) {
            asked.add(inFlight + " of " + wanted);
            var failure = away;
            if (failure != null) {
                throw failure;
            }
            return Math.max(inFlight, Math.min(most, wanted));
        }

        @Override
        public void release() {
            asked.add("release");
        }
    }
}
