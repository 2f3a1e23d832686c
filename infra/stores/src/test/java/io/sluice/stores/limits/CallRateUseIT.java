package io.sluice.stores.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.stores.limits.CallRateTable.Limits;
import io.sluice.stores.limits.CallRateTable.Turn;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.PostgresConfig;
import io.sluice.testkit.TestStack;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ten permits call an API all the time, which serves fewer calls than are configured and throttles the others. The time is
 * simulated, and the chance has a seed, so each run has the same result on every machine.
 */
class CallRateUseIT {
    private static final Limits FORTY = new Limits(40, 0);
    private static final int PERMITS = 10;
    private static final double LATENCY = 0.3;
    /** No call is sent, and no answer seen, at the very moment when it is due, but up to so many seconds later. */
    private static final double LATE = 0.05;

    private static final double WARM_UP = 15;
    private static final double END = WARM_UP + 120;

    private final Postgres postgres =
            new Postgres(PostgresConfig.of(TestStack.postgres().url()), 1);
    /** Tomorrow at noon, because a row begins with the time of Postgres. */
    private final Instant noon =
            LocalDate.now(ZoneOffset.UTC).plusDays(1).atTime(12, 0).toInstant(ZoneOffset.UTC);

    private double now;
    private final CallRateTable table = new CallRateTable(postgres, "test", () -> noon.plusNanos((long) (now * 1e9)));

    @BeforeEach
    void schema() {
        postgres.awaitReady();
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    @ParameterizedTest
    @ValueSource(doubles = {2, 5, 10})
    void fourFifthsAreUsedAndFewCallsAreThrottled(double cap) {
        var use = new Simulation(cap, 0, 0).run();

        assertThat(use.share()).as("share of the cap").isBetween(0.9, 1.05);
        assertThat(use.callsForEach()).isLessThan(1.3);
    }

    /** As on a machine that others keep busy. What was due meanwhile is sent at once afterwards, and throttled. */
    @Test
    void alsoWhenTheInstancesStandStillNowAndThen() {
        var use = new Simulation(5, 25, 2.5).run();

        assertThat(use.share()).as("share of the cap").isGreaterThan(0.8);
        assertThat(use.callsForEach()).isLessThan(1.3);
    }

    /** What was used after the warm-up. */
    private record Use(double share, double callsForEach) {}

    /** Something that happens. */
    private record Event(double at, Runnable what) {}

    private final class Simulation {
        private final Random random = new Random(1);
        private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparingDouble(Event::at));
        private final double cap;
        private final double every;
        private final double still;
        private double tokens;
        private double filledAt;
        private int served;
        private int calls;

        /**
         * Prepares a run.
         *
         * @param cap how many calls are served in a second
         * @param every after so many seconds nothing happens for a while; 0 for never
         * @param still how many seconds
         */
        Simulation(double cap, double every, double still) {
            this.cap = cap;
            this.every = every;
            this.still = still;
            this.tokens = cap;
        }

        Use run() {
            now = 0;
            for (var permit = 0; permit < PERMITS; permit++) {
                in(0, this::take);
            }
            while (now < END) {
                var next = events.remove();
                now = next.at();
                next.what().run();
            }
            return new Use(served / (END - WARM_UP) / cap, (double) calls / served);
        }

        private void take() {
            var turn = table.take(FORTY, true).orElseThrow();
            in(turn.until().toNanos() / 1e9, () -> call(turn));
        }

        private void call(Turn turn) {
            var isServed = isServed();
            if (now > WARM_UP) {
                calls++;
                served += isServed ? 1 : 0;
            }
            if (isServed) {
                in(LATENCY, this::take);
            } else {
                table.throttled(FORTY, true, turn);
                in(0, this::take);
            }
        }

        /** The bucket of the stand-in for Rekognition, which holds the calls of a second. */
        private boolean isServed() {
            tokens = Math.min(cap, tokens + (now - filledAt) * cap);
            filledAt = now;
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        }

        private void in(double seconds, Runnable what) {
            var at = now + seconds + LATE * random.nextDouble();
            var sinceStill = every == 0 ? still : at % every;
            events.add(new Event(sinceStill < still ? at - sinceStill + still : at, what));
        }
    }
}
