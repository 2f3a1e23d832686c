package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductVerbsTest {
    private static final String QUEUED = "{\"job_id\":\"j\",\"status\":\"queued\",\"stages\":[%s]}";
    private static final String ACCEPTED = "{\"stage\":\"accepted\",\"at\":\"2026-01-01T00:00:00Z\",\"took_ms\":0}";
    private static final String EMBEDDED = "{\"stage\":\"embedded\",\"at\":\"2026-01-01T00:00:01Z\",\"took_ms\":900}";

    @AutoClose
    private final FakeGateway gateway = new FakeGateway();

    private final TestShell shell = new TestShell().with("SLUICE_URL", gateway.url());

    @Test
    void searchPrintsTheHitsBestFirst() {
        gateway.answering("/api/v1/search", 200, """
                {"results":[{"product_id":"a","name":"Teapot","score":0.75},{"product_id":"b","name":"Cup","score":0.5}]}
                """);

        assertThat(shell.run("search", "blue", "tea", "--limit", "2", "--filter", "a:b", "--filter", "c:d"))
                .isZero();
        assertThat(shell.out()).isEqualToNormalizingNewlines("0.750  a  Teapot\n0.500  b  Cup\n");
        assertThat(gateway.calls())
                .containsExactly("GET /api/v1/search?limit=2&filter=a%3Ab&filter=c%3Ad&q=blue%20tea");
    }

    @Test
    void searchSendsThePicture(@TempDir Path dir) throws IOException {
        gateway.answering("/api/v1/search", 200, "{\"results\":[]}");
        var picture = Files.writeString(dir.resolve("tea.jpg"), "picture bytes");

        assertThat(shell.run("search", "--image", picture.toString())).isZero();
        assertThat(shell.out()).isEqualToIgnoringNewLines("Nothing found.");
        assertThat(gateway.calls().getFirst())
                .startsWith("POST /api/v1/search ")
                .contains("name=\"image_file\"; filename=\"tea.jpg\"", "image/jpeg", "picture bytes");
    }

    @Test
    void searchSaysThatThePictureIsNotThere(@TempDir Path dir) {
        assertThat(shell.run("search", "--image", dir.resolve("none.jpg").toString()))
                .isEqualTo(1);
        assertThat(shell.err()).contains("none.jpg", "cannot be read").hasLineCount(1);
    }

    @Test
    void indexWaitsForTheJobAndFailsWithIt() {
        gateway.answering("/api/v1/index-product", 202, "{\"status\":\"queued\",\"job_id\":\"j\"}")
                .answering("/api/v1/jobs/j", 200, QUEUED.formatted(""))
                .answering(
                        "/api/v1/jobs/j",
                        200,
                        "{\"job_id\":\"j\",\"status\":\"dead\",\"error\":{\"code\":\"BAD\",\"message\":\"no good\"}}");

        assertThat(shell.run("index", "--id", "a", "--name", "n", "--description", "d", "--wait"))
                .isEqualTo(1);
        assertThat(shell.out()).isEqualToIgnoringNewLines("a: job j dead: BAD: no good");
    }

    @Test
    void indexNamesTheFieldsTheGatewayRefuses() {
        gateway.answering("/api/v1/index-product", 422, """
                {"title":"Invalid","code":"INVALID","errors":[{"field":"name","message":"must not be blank"}]}
                """);

        assertThat(shell.run("index", "--id", "a", "--name", " ", "--description", "d"))
                .isEqualTo(1);
        assertThat(shell.err()).contains("HTTP 422", "name must not be blank").hasLineCount(1);
    }

    @Test
    void watchShowsEachStageOnceAndEndsWithTheJob() {
        gateway.answering("/api/v1/jobs/j", 200, QUEUED.formatted(ACCEPTED))
                .answering("/api/v1/jobs/j", 200, QUEUED.formatted(ACCEPTED))
                .answering(
                        "/api/v1/jobs/j",
                        200,
                        QUEUED.formatted(ACCEPTED + "," + EMBEDDED).replace("queued", "succeeded"));

        assertThat(shell.run("jobs", "j", "--watch")).isZero();
        assertThat(shell.out().lines())
                .containsExactly(
                        "2026-01-01T00:00:00Z  accepted  (0 ms)",
                        "2026-01-01T00:00:01Z  embedded  (900 ms)",
                        "job j succeeded");
    }

    @Test
    void watchGivesUpAfterTheTimeout() {
        gateway.answering("/api/v1/jobs/j", 200, QUEUED.formatted(ACCEPTED));

        assertThat(shell.run("jobs", "j", "--watch", "--timeout", "0")).isEqualTo(1);
        assertThat(shell.err()).contains("still running after 0 s: job j queued");
    }

    @Test
    void productsAreReadAndDeleted() {
        gateway.answering("/api/v1/products/a b", 200, "{\"status\":\"queued\",\"job_id\":\"j\"}");

        assertThat(shell.run("products", "delete", "a b")).isZero();
        assertThat(shell.out()).isEqualToIgnoringNewLines("a b: queued, job j");
        assertThat(shell.run("products", "get", "unknown")).isEqualTo(1);
        assertThat(shell.err()).contains("HTTP 404").hasLineCount(1);
        assertThat(gateway.calls()).containsExactly("DELETE /api/v1/products/a%20b", "GET /api/v1/products/unknown");
    }
}
