package io.sluice.local.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a record has in it reaches the log in escapes only. */
class LogLinesTest {
    private static final String HOSTILE =
            "k\u001b[2J\r\n2026-11-27T00:00:00.000Z ERROR forged\u009b31m\u2028\u202e\u0000 name";
    private static final String SHOWN =
            "k\\u001b[2J\\u000d\\u000a2026-11-27T00:00:00.000Z ERROR forged\\u009b31m" + "\\u2028\\u202e\\u0000 name";

    private static final String HIDDEN = "[\\p{Cntrl}&&[^\\n\\t]]|[\u0080-\u009f\u2028\u2029\u202e]";

    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private final PrintStream stderr = System.err;
    private final LoggerContext logging = new LoggerContext();

    @TempDir
    private Path folder;

    @BeforeEach
    void redirect() {
        System.setErr(new PrintStream(terminal, true, UTF_8));
    }

    @AfterEach
    void restore() {
        logging.stop();
        System.setErr(stderr);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/logging/console.xml", "/logging/file.xml", "/logback.xml"})
    void showHiddenCharactersOfMessagesAndFacts(String configuration) throws Exception {
        configure(configuration);

        logging.getLogger("io.sluice.Test")
                .atError()
                .addKeyValue("key", HOSTILE)
                .log("failed: " + HOSTILE);

        assertThat(written())
                .isNotEmpty()
                .allSatisfy(text -> assertThat(text)
                        .contains("failed: " + SHOWN)
                        .contains("key=\"" + SHOWN + "\"")
                        .hasLineCount(1)
                        .doesNotContainPattern(HIDDEN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/logging/console.xml", "/logging/file.xml", "/logback.xml"})
    void endEachMessageWithALineBreak(String configuration) throws Exception {
        configure(configuration);

        logging.getLogger("io.sluice.Test").error("first");
        logging.getLogger("io.sluice.Test").error("second");

        assertThat(written())
                .isNotEmpty()
                .allSatisfy(text ->
                        assertThat(text).hasLineCount(2).doesNotContain("%n").endsWith(System.lineSeparator()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/logging/console.xml", "/logging/file.xml", "/logback.xml"})
    void showHiddenCharactersOfExceptions(String configuration) throws Exception {
        configure(configuration);
        var thrown = new IllegalStateException(HOSTILE, new IOException("cause " + HOSTILE));
        thrown.addSuppressed(new IOException("suppressed " + HOSTILE));

        logging.getLogger("io.sluice.Test").atError().setCause(thrown).log("failed");

        assertThat(written())
                .isNotEmpty()
                .allSatisfy(text -> assertThat(text)
                        .contains("java.lang.IllegalStateException: " + SHOWN)
                        .contains("java.io.IOException: cause " + SHOWN)
                        .doesNotContainPattern(HIDDEN));
    }

    @Test
    void keepTheStackTrace() throws Exception {
        configure("/logging/file.xml");

        logging.getLogger("io.sluice.Test")
                .atError()
                .setCause(new IOException("why"))
                .log("failed");

        assertThat(Files.readString(folder.resolve("test.log")))
                .contains("java.io.IOException: why")
                .contains("\tat io.sluice.local.logs.LogLinesTest");
    }

    /** {@return what was logged, to the file and to the terminal} */
    private List<String> written() throws IOException {
        var file = folder.resolve("test.log");
        return Stream.of(Files.exists(file) ? Files.readString(file) : "", terminal.toString(UTF_8))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private void configure(String resource) throws Exception {
        logging.setMDCAdapter(new LogbackMDCAdapter());
        logging.putProperty("LOG_DIR", folder.toString());
        logging.putProperty("LOG_NAME", "test");
        var configurator = new JoranConfigurator();
        configurator.setContext(logging);
        configurator.doConfigure(Objects.requireNonNull(getClass().getResource(resource), resource));
    }
}
