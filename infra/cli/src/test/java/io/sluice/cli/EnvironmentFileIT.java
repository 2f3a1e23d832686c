package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.process.SluiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A verb as a process in a folder with an {@code .env} file. */
class EnvironmentFileIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void everyVerbReadsIt() throws Exception {
        Files.writeString(folder.resolve(".env"), "SLUICE_URL=nowhere # the gateway");

        try (var search = SluiceProcess.start(folder, Map.of(), "search", "teapot")) {
            assertThat(search.exitCode(SOON)).isEqualTo(1);
            assertThat(search.err()).startsWith("sluice: SLUICE_URL=nowhere is not a URL");
        }
    }

    @Test
    void aWrongLineStopsTheVerbAndIsNamedInOneSentence() throws Exception {
        Files.writeString(folder.resolve(".env"), "\n\"s3cret\n");

        try (var search = SluiceProcess.start(folder, Map.of(), "search", "teapot")) {
            assertThat(search.exitCode(SOON)).isEqualTo(1);
            assertThat(search.err().strip())
                    .isEqualTo("sluice: Line 2 of %s is not NAME=value, with a name of letters, digits and _"
                            .formatted(folder.resolve(".env").toRealPath()));
        }
    }
}
