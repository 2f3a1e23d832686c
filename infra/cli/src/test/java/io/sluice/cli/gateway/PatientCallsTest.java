package io.sluice.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.CommandFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatientCallsTest {
    private final List<String> notices = new ArrayList<>();
    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void saysOnceThatItTriesAgain() {
        try (var calls = calls(Duration.ofMinutes(1))) {
            var answer = calls.until(_ -> {
                if (tries.incrementAndGet() < 3) {
                    throw new IOException("cut off");
                }
                return "taken";
            });

            assertThat(answer).isEqualTo("taken");
            assertThat(notices)
                    .containsExactly(
                            "the call to the gateway at http://127.0.0.1:1 failed (cut off); retrying for up to 60 s");
        }
    }

    @Test
    void saysInOneLineThatItGaveUp() {
        try (var calls = calls(Duration.ZERO)) {
            assertThatThrownBy(() -> calls.until(_ -> {
                        throw new IOException("away");
                    }))
                    .isInstanceOf(CommandFailedException.class)
                    .hasMessage("gave up after 0 s: the call to the gateway at http://127.0.0.1:1 failed (away)");
        }
    }

    private PatientCalls calls(Duration bound) {
        var shell = new CommandContext(
                Map.of("SLUICE_URL", "http://127.0.0.1:1"), InputStream.nullInputStream(), System.out, System.err);
        return new PatientCalls(shell, bound, notices::add);
    }
}
