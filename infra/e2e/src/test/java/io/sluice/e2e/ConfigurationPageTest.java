package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.runtime.process.RenamedSettings;
import io.sluice.stack.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Renders {@code docs/configuration.md} from the configuration records: their names, defaults and Javadoc. */
class ConfigurationPageTest {
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    @Test
    void thePageNamesEverySettingWithItsDefault() throws IOException {
        var page = new StringBuilder("""
            # Configuration
            Rendered from the configuration records; a test fails when it is stale.

            Every setting is an environment variable. When a value is not valid, the service stops at start and names the
            variable. Variables that start with `KAFKA_` are settings of the Kafka clients: `KAFKA_BOOTSTRAP_SERVERS`
            (`localhost:9092`), `KAFKA_SECURITY_PROTOCOL`, `KAFKA_SASL_MECHANISM`, `KAFKA_SASL_JAAS_CONFIG` and so on.
            `KAFKA_CONSUMERS_<PIPELINE>_` is for the consumers of that pipeline only, and `KAFKA_PRODUCERS_WRITER_` for the
            producer. `KAFKA_CLIENT_ID` replaces `sluice-<service>` in the client ids. Settings that the delivery guarantees
            need, such as acks, cannot be changed.

            | variable | default | meaning |
            | --- | --- | --- |
            """);
        for (var setting : settings()) {
            page.append("| `%s` | %s | %s |\n"
                    .formatted(
                            variable(setting.path("name").asText()),
                            defaultOf(setting),
                            sentence(setting.path("description").asText())));
        }
        page.append("""

            ## Old names
            Old names still work. A log line at start names the new one. When both are set, the new one wins.

            | old | new |
            | --- | --- |
            """);
        RenamedSettings.newVariables()
                .forEach((old, renamed) -> page.append("| `%s` | `%s` |\n".formatted(old, renamed)));
        page.append("""

            ## The local stack
            `./sluice up`, `demo` and `stack` take `SLUICE_DATA_DIR` (all state, `.sluice` in the current folder),
            `SLUICE_BIND` and these ports; `SLUICE_PARTITIONS` is 4 there unless it is set.

            | variable | default | of |
            | --- | --- | --- |
            """);
        for (var part : Part.values()) {
            page.append("| `%s` | %s | %s |\n"
                    .formatted(
                            part.variable(),
                            part.defaultPort() == 0 ? "any free one" : "`" + part.defaultPort() + "`",
                            part.title()));
        }
        page.append("""

            A service of its own (`./sluice run SERVICE`) listens on `SLUICE_HTTP_PORT` (8080), `SLUICE_EMBEDDER_PORT`
            (8081), `SLUICE_INDEXER_PORT` (8082) or `SLUICE_IMPORTER_PORT` (8083).
            """);
        GeneratedPage.mustBe("configuration.md", page.toString());
    }

    @Test
    void everySettingSaysWhatItIsFor() throws IOException {
        assertThat(settings())
                .isNotEmpty()
                .allSatisfy(setting -> assertThat(setting.path("description").asText())
                        .as(setting.path("name").asText())
                        .isNotBlank());
    }

    private static List<JsonNode> settings() throws IOException {
        var settings = new ArrayList<JsonNode>();
        var files = ConfigurationPageTest.class.getClassLoader().getResources(METADATA);
        while (files.hasMoreElements()) {
            try (var file = files.nextElement().openStream()) {
                for (var setting : new ObjectMapper().readTree(file).path("properties")) {
                    if (setting.path("sourceType").asText().startsWith("io.sluice.")) {
                        settings.add(setting);
                    }
                }
            }
        }
        settings.sort(Comparator.comparing(setting -> setting.path("name").asText()));
        return settings;
    }

    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static String defaultOf(JsonNode setting) {
        var value = setting.path("defaultValue").asText("");
        return value.isEmpty() ? "" : "`" + value + "`";
    }

    private static String sentence(String description) {
        return description
                .replaceAll("\\{@(?:code|link|value) ([^}]*)}", "`$1`")
                .replaceAll("\\s+", " ")
                .replace("|", "\\|")
                .strip();
    }
}
