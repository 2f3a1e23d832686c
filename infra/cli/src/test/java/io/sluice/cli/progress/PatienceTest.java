package io.sluice.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cli.CommandFailedException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final URI GATEWAY = URI.create("http://localhost:1");

    @Test
    void aFirstTryThatTakesLongIsFollowedByAnother() {
        var notices = new ArrayList<String>();
        var tries = new AtomicInteger();
        var bound = Duration.ofSeconds(1);
        var began = System.nanoTime();

        var answer = new Patience(GATEWAY, bound, notices::add).until(() -> {
            if (tries.incrementAndGet() > 1) {
                return "taken";
            }
            while (System.nanoTime() - began < bound.toNanos()) {
                LockSupport.parkNanos(bound.toNanos());
            }
            throw new IOException("cut off");
        });

        assertThat(answer).isEqualTo("taken");
        assertThat(notices)
                .containsExactly(
                        "the gateway at http://localhost:1 did not take it (cut off); trying again for up to 1 s");
    }

    @Test
    void withoutPatienceThereIsOneTry() {
        var tries = new AtomicInteger();

        assertThatThrownBy(() -> new Patience(GATEWAY, Duration.ZERO, _ -> {}).until(() -> {
                    tries.incrementAndGet();
                    throw new IOException("away");
                }))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("gave up after 0 s: the gateway at http://localhost:1 did not take it (away)");
        assertThat(tries).hasValue(1);
    }
}
