package io.sluice.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class CallLimitTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Test
    void aTimeoutStaysAsItIsOutsideAHandlerAndWhenItIsShorterThanTheLimit() {
        assertThat(CallLimit.orLess(TIMEOUT)).isEqualTo(TIMEOUT);
        assertThat(CallLimit.<Duration, RuntimeException>within(
                        Duration.ofSeconds(20), () -> CallLimit.orLess(TIMEOUT)))
                .isEqualTo(TIMEOUT);
    }

    @Test
    void theLimitHoldsInAnotherThreadWhenItIsCarriedThere() throws Exception {
        var limit = Duration.ofSeconds(2);
        try (var other = Executors.newVirtualThreadPerTaskExecutor()) {
            var found = CallLimit.within(
                    limit,
                    () -> CompletableFuture.supplyAsync(CallLimit.carriedInto(() -> CallLimit.orLess(TIMEOUT)), other));

            assertThat(found.get()).isEqualTo(limit);
        }
    }
}
