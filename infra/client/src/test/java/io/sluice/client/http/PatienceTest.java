package io.sluice.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.client.http.Answer.Refused;
import io.sluice.client.http.Answer.Success;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private final List<String> notices = new ArrayList<>();
    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void aFirstTryThatTakesLongIsFollowedByAnother() throws IOException {
        var bound = Duration.ofSeconds(1);
        var began = System.nanoTime();

        var answer = patience(bound).until(() -> {
            if (tries.incrementAndGet() > 1) {
                return "taken";
            }
            while (System.nanoTime() - began < bound.toNanos()) {
                LockSupport.parkNanos(bound.toNanos());
            }
            throw new IOException("cut off");
        });

        assertThat(answer).isEqualTo("taken");
        assertThat(notices).containsExactly("cut off");
    }

    @Test
    void withoutPatienceThereIsOneTry() {
        assertThatThrownBy(() -> patience(Duration.ZERO).until(() -> {
                    tries.incrementAndGet();
                    throw new IOException("away");
                }))
                .hasMessage("away");
        assertThat(tries).hasValue(1);
        assertThat(notices).isEmpty();
    }

    @Test
    void anInterruptedTryIsTheLast() {
        assertThatThrownBy(() -> patience(Duration.ofMinutes(1)).until(() -> {
                    tries.incrementAndGet();
                    throw new InterruptedIOException("stop");
                }))
                .hasMessage("stop");
        assertThat(tries).hasValue(1);
    }

    @Test
    void aServerThatCannotDoItNowIsAskedAgainWhenItSaysSo() throws IOException {
        var began = System.nanoTime();

        var answer = patience(Duration.ofMinutes(1))
                .ask(() -> tries.incrementAndGet() == 1 ? refused(503, 1) : new Success<>(200, "done"));

        assertThat(answer.orElseThrow()).isEqualTo("done");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(notices).containsExactly("HTTP 503, AWAY, Away");
    }

    @Test
    void aServerThatAsksForMoreTimeThanThereIsIsAskedOnceMoreAtTheEnd() {
        assertThatThrownBy(() -> patience(Duration.ofMillis(500)).ask(() -> {
                    tries.incrementAndGet();
                    return refused(503, 3600);
                }))
                .hasMessage("HTTP 503, AWAY, Away");
        assertThat(tries).hasValue(2);
    }

    @Test
    void aCallThatTheServerWillNeverDoIsNotTriedAgain() throws IOException {
        var answer = patience(Duration.ofMinutes(1)).ask(() -> refused(422, 0));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(notices).isEmpty();
    }

    private Patience patience(Duration bound) {
        return new Patience(bound, e -> notices.add(String.valueOf(e.getMessage())));
    }

    private static Answer<String> refused(int status, int seconds) {
        return new Refused<>(new Problem(status, "AWAY", "Away", "", List.of()), Duration.ofSeconds(seconds));
    }
}
