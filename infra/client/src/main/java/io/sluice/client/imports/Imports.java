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
     * Sends a file to be imported, which is read while it is sent.
     *
     * @param idempotencyKey the same again for the same import, when it is not known whether the last call got through
     * @return the import as it begins, with its id and its status alone
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

    /** {@return the import as it is now} */
    public Answer<ImportState> find(String id) throws IOException {
        return http.json(http.request(path(id)), ImportState::of);
    }

    /**
     * Follows an import by server-sent events.
     *
     * @param patience for connecting, and connecting again when the stream breaks off
     * @param changes is given the import whenever its counts or its status change
     * @return the import as it ended
     */
    public Answer<ImportState> follow(String id, Patience patience, Consumer<ImportState> changes) throws IOException {
        return new EventStream(http, path(id) + "/events")
                .untilEnd(patience, data -> changes.accept(ImportState.of(data)))
                .map(ImportState::of);
    }

    /** Ends an import; rows that are written stay. An import that is over is refused with 409. */
    public Answer<ImportState> cancel(String id) throws IOException {
        return http.json(http.request(path(id) + "/cancel").POST(BodyPublishers.noBody()), ImportState::of);
    }

    /** {@return the first rows that were rejected} */
    public Answer<List<RejectedRow>> rejectedRows(String id, int limit) throws IOException {
        return http.json(
                http.request(path(id) + "/errors?limit=" + limit),
                body -> body.path("errors").valueStream().map(RejectedRow::of).toList());
    }

    /**
     * Fetches all rejected rows as a CSV file, to be corrected and imported.
     *
     * @param to is written over when the answer is a success
     * @return that file
     */
    public Answer<Path> writeRejectedRows(String id, Path to) throws IOException {
        return http.stream(
                http.request(path(id) + "/errors").setHeader("Accept", "text/csv, application/problem+json"), body -> {
                    Files.copy(body, to, StandardCopyOption.REPLACE_EXISTING);
                    return to;
                });
    }

    private static String path(String id) {
        return IMPORTS + "/" + UrlText.encoded(id);
    }
}
