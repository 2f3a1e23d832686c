package io.sluice.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void looksUntilTheConditionHolds() throws InterruptedException {
        assertThat(Waiting.until(() -> looks.incrementAndGet() == 3, SHORT, LONG))
                .isTrue();
        assertThat(looks).hasValue(3);
    }

    @Test
    void looksOnceMoreAtTheEndOfItsTime() throws InterruptedException {
        assertThat(Waiting.until(() -> looks.incrementAndGet() == 2, LONG, SHORT))
                .isTrue();
    }

    @Test
    void givesUpInTime() throws InterruptedException {
        assertThat(Waiting.until(() -> false, SHORT, SHORT)).isFalse();
        assertThat(Waiting.until(() -> looks.incrementAndGet() > 1, SHORT, Duration.ZERO))
                .isFalse();
    }

    @Test
    void canBeInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Waiting.until(() -> false, LONG, LONG)).isInstanceOf(InterruptedException.class);
    }
}
