package io.sluice.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.embedder.bundle.ModelLibrary;
import io.sluice.samplemodels.FaceBundle;
import io.sluice.schemas.wire.Sha256;
import io.sluice.stack.StackConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code models pull faces} from a host on this machine, which has generated networks. */
class FaceModelVerbsTest {
    private final TestShell shell = new TestShell();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    /** So many answers break off in the middle. */
    private final AtomicInteger hangUps = new AtomicInteger();

    @TempDir
    Path folder;

    private Path published;
    private Path pulled;
    private HttpServer host;

    @BeforeEach
    void publish() throws IOException {
        published = folder.resolve("published");
        pulled = folder.resolve("models/faces");
        FaceBundle.write(published);
        host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.createContext("/", this::serve);
        host.start();
        shell.with("EMBEDDER_MODELS_DIR", folder.resolve("models").toString())
                .with("EMBEDDER_CATALOG", catalog().toString());
    }

    @AfterEach
    void stop() {
        host.stop(0);
    }

    private Path catalog() throws IOException {
        return Files.writeString(
                folder.resolve("catalog.json"), """
                {"models": [{"name": "faces", "kind": "faces", "about": "tells squares apart", "license": "MIT",
                  "terms": [{"of": "detector.onnx: squares, Copyright Ann", "license": "MIT License",
                             "url": "https://example.org/LICENSE"}],
                  "files": [%s, %s]}]}""".formatted(source("detector.onnx"), source("recognizer.onnx")));
    }

    private String source(String file) throws IOException {
        return """
                {"path": "%s", "url": "http://127.0.0.1:%d/%s", "sha256": "%s", "size": %d}""".formatted(
                        file,
                        host.getAddress().getPort(),
                        file,
                        Sha256.of(Files.readAllBytes(published.resolve(file))),
                        Files.size(published.resolve(file)));
    }

    private void serve(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var range = exchange.getRequestHeaders().getFirst("Range");
        asked.add(range == null ? path : path + " " + range);
        var bytes = Files.readAllBytes(published.resolve(path.substring(1)));
        var from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        exchange.getResponseHeaders()
                .set("Content-Range", "bytes %d-%d/%d".formatted(from, bytes.length - 1, bytes.length));
        exchange.sendResponseHeaders(range == null ? 200 : 206, bytes.length - from);
        var isCut = hangUps.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        exchange.getResponseBody().write(Arrays.copyOfRange(bytes, from, isCut ? bytes.length / 2 : bytes.length));
        exchange.getResponseBody().flush();
        exchange.close(); // also the connection, when bytes are missing
    }

    @Test
    void theLicensesAreShownAndNothingIsFetchedBeforeTheyAreAccepted() {
        for (var answer : List.of("no\n", "y\n", "")) {
            assertThat(shell.runWith(answer, "models", "pull", "faces")).isEqualTo(1);
            assertThat(shell.out())
                    .contains("detector.onnx: squares, Copyright Ann", "MIT License: https://example.org/LICENSE")
                    .contains("only with photos of people who agree");
            assertThat(shell.err()).contains("Nothing was downloaded", "--accept-license");
        }
        assertThat(asked).isEmpty();
        assertThat(pulled).doesNotExist();
    }

    @Test
    void pulledModelsAreListedAndVerified() throws IOException {
        assertThat(shell.run("models", "list")).isZero();
        assertThat(shell.out()).containsPattern("faces +not pulled");

        assertThat(shell.runWith("yes\n", "models", "pull", "faces"))
                .as(shell.err())
                .isZero();

        assertThat(shell.out()).contains("All files are complete. Use it: ./sluice up");
        assertThat(pulled.resolve("recognizer.onnx")).hasSameBinaryContentAs(published.resolve("recognizer.onnx"));
        assertThat(shell.run("models", "list")).isZero();
        assertThat(shell.out()).containsPattern("faces +pulled");
        assertThat(shell.run("models", "verify", "faces")).as(shell.err()).isZero();
        assertThat(shell.out()).contains("faces in " + pulled + " is complete and loads");

        Files.writeString(pulled.resolve("detector.onnx"), "changed");
        assertThat(shell.run("models", "verify", "faces")).isEqualTo(1);
        assertThat(shell.err())
                .contains("detector.onnx is not the file that was pulled")
                .hasLineCount(1);
        Files.delete(pulled.resolve("detector.onnx"));
        assertThat(shell.run("models", "verify", "faces")).isEqualTo(1);
        assertThat(shell.err()).contains("run ./sluice models pull faces").hasLineCount(1);
    }

    @Test
    void aDownloadThatBreaksOffIsContinued() {
        hangUps.set(1);

        assertThat(shell.run("models", "pull", "faces", "--accept-license"))
                .as(shell.err())
                .isZero();

        assertThat(asked).anyMatch(request -> request.startsWith("/detector.onnx bytes="));
        assertThat(pulled.resolve("detector.onnx")).hasSameBinaryContentAs(published.resolve("detector.onnx"));
    }

    @Test
    void aFileWithAnotherHashIsDeleted() throws IOException {
        var recognizer = published.resolve("recognizer.onnx");
        Files.writeString(recognizer, Files.readString(recognizer, ISO_8859_1) + "x", ISO_8859_1);

        assertThat(shell.run("models", "pull", "faces", "--accept-license")).isEqualTo(1);

        assertThat(shell.err()).contains("sent another recognizer.onnx than the catalog names");
        assertThat(pulled.resolve("detector.onnx")).exists();
        assertThat(pulled.resolve("recognizer.onnx")).doesNotExist();
        assertThat(shell.run("models", "list")).isZero();
        assertThat(shell.out()).containsPattern("faces +incomplete");
    }

    @Test
    void theStandInLooksWhereModelsArePulledTo() {
        assertThat(StackConfig.from(Map.of()).faceModels())
                .isEqualTo(ModelLibrary.of(ModelLibrary.DEFAULT_FOLDER, "").folderOf("faces"));
    }
}
