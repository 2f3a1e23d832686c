package io.sluice.client.imports;

import static io.sluice.client.imports.RejectedRowsFormat.CSV;
import static io.sluice.client.imports.RejectedRowsFormat.XLSX;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.SluiceClient;
import io.sluice.client.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportsTest {
    @TempDir
    private Path folder;

    @Test
    void aFileIsSentAsAFormWithItsOptionsAndItsLength() throws IOException {
        var file = Files.writeString(folder.resolve("a \"quoted\" name.csv"), "siret,nom\n1,é\n");
        var sent = new StringBuilder();
        try (var server = TestServer.answering(exchange -> {
                    var body = exchange.getRequestBody().readAllBytes();
                    sent.append(exchange.getRequestHeaders().getFirst("Idempotency-Key"))
                            .append(exchange.getRequestHeaders()
                                    .getFirst("Content-Length")
                                    .equals(String.valueOf(body.length)))
                            .append(new String(body, UTF_8));
                    var answer = "{\"import_id\":\"i\",\"job_id\":\"i\",\"status\":\"queued\"}".getBytes(UTF_8);
                    exchange.sendResponseHeaders(202, answer.length);
                    exchange.getResponseBody().write(answer);
                });
                var client = new SluiceClient(server.url())) {
            var options =
                    new ImportOptions("companies", true, false, "Lyon", Map.of("Prix=net", "price"), "macintosh", true);

            assertThat(client.imports().send(file, options, "key").orElseThrow().id())
                    .isEqualTo("i");
        }
        assertThat(sent.toString())
                .startsWith("keytrue--sluice-")
                .contains("name=\"kind\"\r\n\r\ncompanies\r\n", "name=\"sheet\"\r\n\r\nLyon\r\n")
                .contains("name=\"dry_run\"\r\n\r\ntrue\r\n", "name=\"create_categories\"\r\n\r\nfalse\r\n")
                .contains("name=\"encoding\"\r\n\r\nmacintosh\r\n", "name=\"keep_damaged\"\r\n\r\ntrue\r\n")
                .contains("name=\"mapping\"\r\n\r\n{\"Prix=net\":\"price\"}\r\n")
                .contains("filename=\"a _quoted_ name.csv\"", "\r\n\r\nsiret,nom\n1,é\n\r\n");
    }

    @Test
    void aRefusalDoesNotTouchTheFileForRejectedRows() throws IOException {
        var file = Files.writeString(folder.resolve("errors.csv"), "being corrected");
        try (var server = TestServer.answering(exchange -> exchange.sendResponseHeaders(404, -1));
                var client = new SluiceClient(server.url())) {
            assertThat(client.imports().writeRejectedRows("i", CSV, file).status())
                    .isEqualTo(404);
        }
        assertThat(file).hasContent("being corrected");
    }

    @Test
    void rejectedRowsAreAskedForInTheirFormatAndWrittenToTheFile() throws IOException {
        try (var server = TestServer.answering(exchange -> {
                    var accept = exchange.getRequestHeaders().getFirst("Accept").getBytes(UTF_8);
                    exchange.sendResponseHeaders(200, accept.length);
                    exchange.getResponseBody().write(accept);
                });
                var client = new SluiceClient(server.url())) {
            for (var name : Map.of("e.csv", "text/csv", "e.XLSX", XLSX.mediaType(), "xlsx", "text/csv")
                    .entrySet()) {
                var file = folder.resolve(name.getKey());

                assertThat(client.imports()
                                .writeRejectedRows("i", RejectedRowsFormat.of(file), file)
                                .orElseThrow())
                        .isEqualTo(file)
                        .hasContent(name.getValue() + ", application/problem+json");
            }
        }
    }
}
