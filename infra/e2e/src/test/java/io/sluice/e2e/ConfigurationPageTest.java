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

            ## The file `.env`
            Every verb of `./sluice`, and every service, reads the file `.env` in the folder that it is started in. A
            variable of the environment wins over the file. `SLUICE_ENV_FILE` names another file; when it is set but
            empty, none is read. `up`, `stack` and the services say at start which variables come from the file, without
            their values.

            ```sh
            # comments and blank lines
            SLUICE_HTTP_PORT=8080
            export PHOTO_QUEUE_MAX_SIZE=2000   # a comment follows a space
            DATABASE_PASSWORD='every $character " stands for itself'
            GREETING="escapes: \\n \\t \\r \\" \\\\ \\$"
            ```

            A value in quotes may have several lines. The last value of a name counts. `${NAME}` is not replaced, and is
            refused outside single quotes. A line that is not valid stops the start: the error names the file and the line,
            and shows nothing of it. Keep a file with secrets readable by its owner only (`chmod 600 .env`). The launcher's
            own variables (`SLUICE_JAVA_OPTS`, `SLUICE_JDK_DIRS`, `JAVA_HOME`) are read before the file: export them.

            ## Settings

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
            Variables of earlier versions and of the photo app that Sluice replaces still work. A log line at start says
            what each became; `./sluice up` also says it on standard error. When the new variable is set too, it wins.

            | old | sets |
            | --- | --- |
            """);
        RenamedSettings.meanings().forEach((old, meaning) -> page.append("| `%s` | %s |\n".formatted(old, meaning)));
        page.append("""

            The photo app opened up to `DB_POOL_SIZE` + `DB_MAX_OVERFLOW` connections in each process, and each service of
            Sluice does the same. A connection is closed after 10 idle minutes, and replaced after 30 minutes, as in the
            photo app. Its wait of 60 s for a free connection is `DATABASE_CONNECT_TIMEOUT` here.

            ## The local stack
            `./sluice up`, `demo` and `stack` take `SLUICE_DATA_DIR` (all state, `.sluice` in the current folder),
            `SLUICE_BIND` and these ports; `SLUICE_PARTITIONS` is 4 there unless it is set. Its Postgres accepts 100
            connections, or more when `DATABASE_POOL_SIZE` asks for more in one service of each kind. Its stand-in for
            Rekognition sees real faces with the models in `SLUICE_FACE_MODELS_DIR`; without it, with those in the folder
            `faces` of `EMBEDDER_MODELS_DIR`, where `./sluice models pull faces` puts them; without any, it cannot tell real
            people apart.

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
            (8081), `SLUICE_INDEXER_PORT` (8082), `SLUICE_IMPORTER_PORT` (8083) or `SLUICE_REKOGNIZER_PORT` (8084).
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
