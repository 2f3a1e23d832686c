package io.sluice.cli.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.schemas.text.VisibleLines;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class UntilStoppedTest {
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private final CompletableFuture<Runnable> signal = new CompletableFuture<>();
    private final CompletableFuture<Void> lastResort = new CompletableFuture<>();
    private final List<String> steps = new ArrayList<>();
    private final UntilStopped run = new UntilStopped(
            new VisibleLines(new PrintStream(messages, true, UTF_8)),
            signal::complete,
            () -> lastResort.complete(null));

    @Test
    void staysUpUntilToldToStopThenCloses() throws Exception {
        run.stayUp(
                progress -> "thing",
                thing -> {
                    steps.add("ready");
                    Thread.ofVirtual().start(() -> signal.join().run());
                },
                thing -> steps.add("closed " + thing));

        assertThat(steps).containsExactly("ready", "closed thing");
        assertThat(messages.toString(UTF_8)).isEqualToNormalizingNewlines("Stopping ...\nStopped.\n");
        assertThat(lastResort).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void givesUpAStartAtItsNextStep() throws Exception {
        var done = run.run(
                progress -> {
                    progress.accept("one");
                    signal.join().run();
                    progress.accept("two");
                    return "thing";
                },
                steps::add,
                thing -> steps.add("closed"));

        assertThat(done).isFalse();
        assertThat(steps).isEmpty();
        assertThat(messages.toString(UTF_8)).contains("one").doesNotContain("two");
    }

    @Test
    void interruptsTheWorkButNotTheClosing() throws Exception {
        var done = run.run(
                progress -> "thing",
                thing -> {
                    signal.join().run();
                    Thread.currentThread().join();
                },
                thing -> steps.add(
                        "closed, interrupted: " + Thread.currentThread().isInterrupted()));

        assertThat(done).isFalse();
        assertThat(steps).containsExactly("closed, interrupted: false");
    }

    @Test
    void closesAndPassesOnWhatTheWorkThrows() {
        assertThatThrownBy(() -> run.run(
                        progress -> "thing",
                        thing -> {
                            throw new IllegalStateException("no good");
                        },
                        thing -> steps.add("closed")))
                .hasMessage("no good");
        assertThat(steps).containsExactly("closed");
        assertThat(lastResort).isNotDone();
    }
}
