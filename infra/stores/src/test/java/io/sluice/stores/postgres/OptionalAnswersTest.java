package io.sluice.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OptionalAnswersTest {
    private Instant now = Instant.EPOCH;
    private final InstantSource clock = () -> now;
    private final OptionalAnswers postgres = new OptionalAnswers("test", "nothing", clock.withZone(ZoneOffset.UTC));
    private final AtomicInteger questions = new AtomicInteger();
    private boolean isAway;

    private String answer() {
        questions.incrementAndGet();
        if (isAway) {
            throw new IllegalStateException("no answer");
        }
        return "yes";
    }

    @Test
    void afterAFailureOneCallerInFiveSecondsAsksAgain() {
        assertThat(postgres.ask(this::answer)).contains("yes");
        isAway = true;
        assertThat(postgres.ask(this::answer)).isEmpty();
        assertThat(postgres.ask(this::answer)).isEmpty();
        assertThat(questions).hasValue(2);

        now = now.plusSeconds(5);
        assertThat(postgres.ask(this::answer)).isEmpty();
        assertThat(postgres.ask(this::answer)).isEmpty();
        assertThat(questions).hasValue(3);

        isAway = false;
        now = now.plusSeconds(5);
        assertThat(postgres.ask(this::answer)).contains("yes");
        assertThat(postgres.ask(this::answer)).contains("yes");
    }

    @Test
    void onlyOneCallerAsksWhileItIsNotKnownWhetherPostgresIsBack() {
        isAway = true;
        postgres.ask(this::answer);
        now = now.plusSeconds(5);

        postgres.ask(() -> {
            assertThat(postgres.ask(this::answer)).isEmpty();
            return "first";
        });

        assertThat(questions).hasValue(1);
    }

    @Test
    void aCallerWaitsNoLongerThanItSays() {
        var never = new CountDownLatch(1);

        var answer = postgres.askWithin(Duration.ofMillis(50), () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "late";
        });

        assertThat(answer).isEmpty();
        assertThat(postgres.askWithin(Duration.ofSeconds(1), this::answer))
                .as("at once, without a question")
                .isEmpty();
        assertThat(questions).hasValue(0);
        never.countDown();
    }
}
