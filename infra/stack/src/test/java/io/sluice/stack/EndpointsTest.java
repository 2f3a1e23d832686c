package io.sluice.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointsTest {
    @TempDir
    Path dir;

    @Test
    void areWrittenAsFlatJsonAndReadBack() throws IOException {
        var endpoints = new Endpoints(Map.of())
                .with(Endpoints.HTTP, "http://127.0.0.1:8080")
                .with(Endpoints.KAFKA, "127.0.0.1:9092");

        endpoints.write(dir);

        assertThat(Files.readString(dir.resolve("endpoints.json")))
                .isEqualToIgnoringWhitespace("{\"http\":\"http://127.0.0.1:8080\",\"kafka\":\"127.0.0.1:9092\"}");
        assertThat(Endpoints.read(dir)).contains(endpoints);
        assertThat(dir).isDirectoryNotContaining("glob:**.draft");
    }

    @Test
    void areEmptyWhereNoStackRuns() {
        assertThat(Endpoints.read(dir)).isEmpty();
    }

    @Test
    void sayWhichFileIsBroken() throws IOException {
        Files.writeString(dir.resolve("endpoints.json"), "{\"http\":");

        assertThatThrownBy(() -> Endpoints.read(dir))
                .isInstanceOf(StackException.class)
                .hasMessageContaining(dir.resolve("endpoints.json").toString());
    }

    @Test
    void sayWhichOneIsMissing() {
        assertThatThrownBy(() -> new Endpoints(Map.of()).get(Endpoints.S3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("s3");
    }
}
