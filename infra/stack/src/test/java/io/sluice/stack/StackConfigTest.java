package io.sluice.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackConfigTest {
    @Test
    void hasTheDocumentedPortsAndFolderWhenNothingIsSet() {
        var config = StackConfig.from(Map.of("SLUICE_DATA_DIR", " "));

        assertThat(config.dataDir()).isEqualTo(Path.of(".sluice").toAbsolutePath());
        assertThat(config.bind()).isEqualTo("127.0.0.1");
        assertThat(config.port(Part.HTTP)).isEqualTo(8080);
        assertThat(config.port(Part.KAFKA)).isEqualTo(9092);
        assertThat(config.port(Part.POSTGRES)).isEqualTo(5433);
        assertThat(config.port(Part.S3)).isEqualTo(9000);
        assertThat(config.port(Part.QDRANT)).isEqualTo(6334);
        assertThat(config.port(Part.REKOGNITION)).isEqualTo(9070);
        assertThat(config.port(Part.EMBEDDER)).isEqualTo(8081);
        assertThat(config.qdrantApiKey()).isNull();
    }

    @Test
    void takesWhatTheEnvironmentSays() {
        var config = StackConfig.from(Map.of(
                "SLUICE_DATA_DIR", "/tmp/elsewhere",
                "SLUICE_BIND", "0.0.0.0",
                "SLUICE_KAFKA_PORT", "19092",
                "SLUICE_S3_PORT", "0"));

        assertThat(config.dataDir()).isEqualTo(Path.of("/tmp/elsewhere"));
        assertThat(config.bind()).isEqualTo("0.0.0.0");
        assertThat(config.port(Part.KAFKA)).isEqualTo(19092);
        assertThat(config.port(Part.S3)).isZero();
    }

    @Test
    void findsTheModelsOfFacesBesideTheOtherModels(@TempDir Path folder) throws IOException {
        Files.createFile(folder.resolve("detector.onnx"));
        Files.createFile(folder.resolve("recognizer.onnx"));
        assertThat(StackConfig.from(Map.of()).faceModels())
                .isEqualTo(Path.of(System.getProperty("user.home"), ".cache/sluice/models/faces"));
        assertThat(StackConfig.from(Map.of("EMBEDDER_MODELS_DIR", "/models")).faceModels())
                .isEqualTo(Path.of("/models/faces"));
        assertThat(StackConfig.from(Map.of("SLUICE_FACE_MODELS_DIR", folder.toString()))
                        .faceModels())
                .isEqualTo(folder);
        assertThat(StackConfig.onFreePorts(folder).faceModels())
                .as("a test does not depend on what its user has pulled")
                .isNull();
    }

    @Test
    void refusesAFolderOfModelsThatHasNone(@TempDir Path folder) {
        var empty = folder.toString();

        assertThatThrownBy(() -> StackConfig.from(Map.of("SLUICE_FACE_MODELS_DIR", empty)))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("SLUICE_FACE_MODELS_DIR=" + empty + " must be a folder with detector.onnx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "-1", "65536", "9092.5"})
    void refusesWhatIsNoPortAndNamesTheVariable(String text) {
        assertThatThrownBy(() -> StackConfig.from(Map.of("SLUICE_KAFKA_PORT", text)))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("SLUICE_KAFKA_PORT=" + text);
    }
}
