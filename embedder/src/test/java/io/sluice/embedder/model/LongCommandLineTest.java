package io.sluice.embedder.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongCommandLineTest {
    @Test
    void theModelLoadsInAProcessWithALongCommandLine(@TempDir Path dir) throws Exception {
        var log = dir.resolve("log");
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var process = new ProcessBuilder(List.of(
                        java.toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dpadding=" + "/some/folder/some.jar:".repeat(2_000),
                        Loader.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        process.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        process.environment().remove("ORT_DISABLE_TELEMETRY");

        var child = process.start();

        assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).as(Files.readString(log)).isZero();
    }

    static final class Loader {
        private Loader() {}

        public static void main(String[] args) {
            try (var model = BuiltinModel.load()) {
                System.out.println(model.embedTexts(List.of("here")));
            }
        }
    }
}
