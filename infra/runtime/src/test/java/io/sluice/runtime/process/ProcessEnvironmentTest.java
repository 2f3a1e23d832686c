package io.sluice.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessEnvironmentTest {
    @TempDir
    Path folder;

    @Test
    void theFileAddsVariablesAndTheProcessWins() throws IOException {
        Files.writeString(folder.resolve(".env"), "A=file\nB=file\nC=file");

        var environment = ProcessEnvironment.of(Map.of("A", "process", "B", "", "D", "process"), folder);

        assertThat(environment.variables()).isEqualTo(Map.of("A", "process", "B", "", "C", "file", "D", "process"));
        assertThat(environment.added()).isEqualTo(Map.of("C", "file"));
    }

    @Test
    void withoutAFileThereAreTheVariablesOfTheProcess() throws IOException {
        assertThat(ProcessEnvironment.of(Map.of("A", "1"), folder).variables()).isEqualTo(Map.of("A", "1"));

        Files.createDirectory(folder.resolve(".env")); // a virtual environment of Python
        assertThat(ProcessEnvironment.of(Map.of("A", "1"), folder).variables()).isEqualTo(Map.of("A", "1"));
    }

    @Test
    void aVariableNamesAnotherFileOrNone() throws IOException {
        Files.writeString(folder.resolve(".env"), "A=default");
        Files.writeString(folder.resolve("fast.env"), "A=fast");

        assertThat(ProcessEnvironment.of(Map.of("SLUICE_ENV_FILE", "fast.env"), folder)
                        .added())
                .isEqualTo(Map.of("A", "fast"));
        assertThat(ProcessEnvironment.of(Map.of("SLUICE_ENV_FILE", ""), folder).added())
                .isEmpty();
        assertThatThrownBy(() -> ProcessEnvironment.of(Map.of("SLUICE_ENV_FILE", "gone.env"), folder))
                .hasMessage("SLUICE_ENV_FILE=%s is not there".formatted(folder.resolve("gone.env")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SLUICE_JAVA_OPTS", "SLUICE_JDK_DIRS", "SLUICE_ENV_FILE"})
    void aVariableThatTheFileCannotSetIsRefused(String name) throws IOException {
        Files.writeString(folder.resolve(".env"), name + "=x");

        assertThatThrownBy(() -> ProcessEnvironment.of(Map.of(), folder))
                .isInstanceOf(EnvironmentFileException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("export it instead");
    }

    @Test
    void aFileThatIsNoTextIsRefused() throws IOException {
        var file = folder.resolve(".env");

        Files.write(file, "A=é".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> ProcessEnvironment.of(Map.of(), folder)).hasMessage(file + " is not UTF-8");

        Files.writeString(file, "#".repeat((1 << 20) + 1));
        assertThatThrownBy(() -> ProcessEnvironment.of(Map.of(), folder))
                .hasMessage(file + " has more than 1048576 bytes");
    }

    @Test
    void showsNoValues() throws IOException {
        Files.writeString(folder.resolve(".env"), "A=s3cret");

        assertThat(ProcessEnvironment.of(Map.of("B", "s3cret"), folder))
                .asString()
                .doesNotContain("s3cret");
    }
}
