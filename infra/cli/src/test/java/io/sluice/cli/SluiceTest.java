package io.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.command.CommandContext;
import io.sluice.stack.Endpoints;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SluiceTest {
    private final TestShell shell = new TestShell();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fly",
                "run",
                "run teapot",
                "up --fast",
                "search",
                "index --id a",
                "help fly",
                "help topics fly",
                "help jobs fly",
                "jobs --watch",
                "topics read",
                "topics read t --last 1 --from-beginning",
                "topics send t --null",
                "products get",
                "import no-such-file.csv --kind companies",
                "import pom.xml",
                "import pom.xml --kind companies --map name",
                "import pom.xml --kind companies --map a=b --map a=c",
                "imports --cancel",
                "login",
                "login ann",
                "users add",
                "users add ann",
                "users role ann",
                "keys add",
                "keys delete"
            })
    void saysHowItIsUsedWithExitCode2(String line) {
        assertThat(shell.run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
        assertThat(shell.err()).contains("Usage: sluice");
        assertThat(shell.out()).isEmpty();
    }

    @Test
    void namesTheServicesThereAre() {
        shell.run("run", "teapot");

        assertThat(shell.err()).contains("'teapot'", "gateway, embedder, rekognizer, importer, indexer");
    }

    @Test
    void showsItsVerbsWhenAsked() {
        assertThat(shell.run("help")).isZero();
        assertThat(shell.out()).contains("up", "stack", "demo", "topics", "search");
    }

    @Test
    void endsWithOneSentenceWhenAVerbBreaksOff() {
        var err = new ByteArrayOutputStream();
        var broken = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8) {
            @Override
            public void println(String line) {
                throw new NoClassDefFoundError("org/example/Gone");
            }
        };
        var context =
                new CommandContext(Map.of(), InputStream.nullInputStream(), broken, new PrintStream(err, true, UTF_8));

        assertThat(Sluice.run(context, "models", "list")).isEqualTo(1);
        assertThat(err.toString(UTF_8))
                .isEqualToNormalizingNewlines("sluice: java.lang.NoClassDefFoundError: org/example/Gone\n");
    }

    @ParameterizedTest
    @EnumSource
    void everyVerbIsCalledByItsNameAndExplainsItself(Verb verb) {
        var word = verb.name().toLowerCase(Locale.ROOT).replace('_', '-');

        assertThat(shell.run("help", word)).isZero();
        assertThat(shell.out()).startsWith("Usage: sluice " + word);
        assertThat(Verb.neededBy(word, "--any")).containsExactly(verb);
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "stack", "demo"})
    void refusesABadPortInOneLineNamingTheVariable(String verb, @TempDir Path dir) {
        shell.with("SLUICE_DATA_DIR", dir.toString()).with("SLUICE_KAFKA_PORT", "many");

        assertThat(shell.run(verb)).isEqualTo(1);
        assertThat(shell.err())
                .startsWith("sluice: ")
                .contains("SLUICE_KAFKA_PORT=many")
                .hasLineCount(1);
        assertThat(shell.out()).isEmpty();
    }

    @Test
    void saysInOneLineThatTheGatewayIsNotThere() {
        shell.with("SLUICE_URL", "http://127.0.0.1:1");

        assertThat(shell.run("search", "tea")).isEqualTo(1);
        assertThat(shell.err()).contains("http://127.0.0.1:1", "SLUICE_URL").hasLineCount(1);
    }

    @Test
    void saysInOneLineThatTheAddressIsNone() {
        shell.with("SLUICE_URL", "teapot");

        assertThat(shell.run("search", "tea")).isEqualTo(1);
        assertThat(shell.err()).contains("SLUICE_URL=teapot").hasLineCount(1);
    }

    @Test
    void findsARunningSluiceByItsEndpoints(@TempDir Path dir) throws Exception {
        try (var gateway =
                new FakeGateway().answering("/api/v1/jobs/j", 200, "{\"job_id\":\"j\",\"status\":\"queued\"}")) {
            new Endpoints(Map.of(Endpoints.HTTP, gateway.url())).write(dir);
            shell.with("SLUICE_DATA_DIR", dir.toString());

            assertThat(shell.run("jobs", "j")).isZero();
            assertThat(shell.out()).isEqualToIgnoringNewLines("job j queued");
        }
    }
}
