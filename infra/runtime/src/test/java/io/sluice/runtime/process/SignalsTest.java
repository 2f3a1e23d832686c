package io.sluice.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalsTest {
    @Test
    void aStopIsHeardInsteadOfEndingTheProcess() throws Exception {
        var requested = Signals.stopRequested();

        new ProcessBuilder(
                        "kill", "-TERM", Long.toString(ProcessHandle.current().pid()))
                .start()
                .waitFor();

        assertThat(requested.get(30, TimeUnit.SECONDS)).isEqualTo("TERM");
    }
}
