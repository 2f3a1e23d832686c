package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.process.FreePorts;
import io.sluice.local.process.SluiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that ends in the middle of its work prints the reason in its last line and stops its Postgres. */
class HaltIT {
    @TempDir
    Path folder;

    @Test
    void theLastLineNamesWhatStoppedTheBroker() throws Exception {
        try (var stack = startStack()) {
            // the broker fails at its next write to the deleted folder, as it does when the disk is full
            Files.move(data().resolve("kafka"), data().resolve("moved-away"));

            assertThat(stack.exitCode(Duration.ofMinutes(1))).as(stack.err()).isEqualTo(1);
            assertThat(lastLine(stack))
                    .startsWith("sluice: Kafka ended this process: ")
                    .contains(data().resolve("kafka").toString(), "NoSuchFileException")
                    .endsWith("; the log is " + data().resolve("logs/stack.log"));
            awaitNoPostgres();
        }
    }

    @Test
    void theLastLineSaysThatTheSecondCtrlCEndedIt() throws Exception {
        try (var stack = startStack()) {
            stack.interrupt();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> stack.err().contains("Stopping ..."));
            stack.interrupt();

            assertThat(stack.exitCode(Duration.ofMinutes(1))).isEqualTo(130);
            assertThat(lastLine(stack)).startsWith("Ended at once by the second Ctrl-C");
            awaitNoPostgres();
        }
    }

    private SluiceProcess startStack() throws InterruptedException {
        var environment = new HashMap<>(FreePorts.environment());
        environment.put("SLUICE_DATA_DIR", data().toString());
        return SluiceProcess.start(folder.resolve("run"), environment, "stack").awaitLine("sluice stack ready");
    }

    private Path data() {
        return folder.resolve("data");
    }

    private static String lastLine(SluiceProcess process) {
        return process.err().lines().reduce("", (_, later) -> later);
    }

    private void awaitNoPostgres() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Postmaster.of(data()).isEmpty());
    }
}
