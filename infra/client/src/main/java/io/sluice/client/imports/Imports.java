package io.sluice.client.imports;

import io.sluice.client.http.Answer;
import io.sluice.client.http.EventStream;
import io.sluice.client.http.FileOnDisk;
import io.sluice.client.http.FilePart;
import io.sluice.client.http.HttpCaller;
import io.sluice.client.http.MultipartForm;
import io.sluice.client.http.Patience;
import io.sluice.client.http.UrlText;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;

/** The calls for imports. */
public final class Imports {
    private static final String IMPORTS = "/api/v1/imports";

    private final HttpCaller http;

    public Imports(HttpCaller http) {
        this.http = http;
    }

    /**
     * Sends a file to be imported. The file is read while it is sent.
     *
     * @param idempotencyKey use the same key again to repeat a call whose answer was lost
     * @return the new import; only its id and its status are known
     */
    public Answer<ImportState> send(Path file, ImportOptions options, String idempotencyKey) throws IOException {
        var form = new MultipartForm();
        options.addTo(form);
        form.file("file", new FileOnDisk(file, FilePart.ANY));
        return http.json(
                http.request(IMPORTS)
                        .timeout(http.deadlines().upload())
                        .header("Content-Type", form.contentType())
                        .header("Idempotency-Key", idempotencyKey)
                        .POST(form.body()),
                ImportState::of);
    }

    /** {@return the latest imports, newest first} */
    public Answer<List<ImportState>> latest(int limit) throws IOException {
        return http.json(
                http.request(IMPORTS + "?limit=" + limit),
                body -> body.path("imports").valueStream().map(ImportState::of).toList());
    }

    /** Returns the import in its present state. */
    public Answer<ImportState> find(String id) throws IOException {
        return http.json(http.request(path(id)), ImportState::of);
    }

    /**
     * Follows an import by server-sent events.
     *
     * @param patience bounds how long it tries to connect, each time
     * @param changes gets the import whenever its counts or its status change
     * @return the import in its final state
     */
    public Answer<ImportState> follow(String id, Patience patience, Consumer<ImportState> changes) throws IOException {
        return new EventStream(http, path(id) + "/events")
                .untilEnd(patience, data -> changes.accept(ImportState.of(data)))
                .map(ImportState::of);
    }

    /** Cancels an import. Rows that were written stay. The gateway refuses an import that has ended with 409. */
    public Answer<ImportState> cancel(String id) throws IOException {
        return http.json(http.request(path(id) + "/cancel").POST(BodyPublishers.noBody()), ImportState::of);
    }

    /** {@return the first rejected rows} */
    public Answer<List<RejectedRow>> rejectedRows(String id, int limit) throws IOException {
        return http.json(
                http.request(path(id) + "/errors?limit=" + limit),
                body -> body.path("errors").valueStream().map(RejectedRow::of).toList());
    }

    /**
     * Fetches all rejected rows as a file that can be corrected and imported.
     *
     * @param to is overwritten when the call succeeds
     * @return that file
     */
    public Answer<Path> writeRejectedRows(String id, RejectedRowsFormat format, Path to) throws IOException {
        return http.stream(
                http.request(path(id) + "/errors")
                        .setHeader("Accept", format.mediaType() + ", application/problem+json"),
                body -> {
                    Files.copy(body, to, StandardCopyOption.REPLACE_EXISTING);
                    return to;
                });
    }

    private static String path(String id) {
        return IMPORTS + "/" + UrlText.encoded(id);
    }
}
