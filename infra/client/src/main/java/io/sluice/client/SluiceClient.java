package io.sluice.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** The gateway's calls. Threads may share it. */
public final class SluiceClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Longer than the gateway's own wait of 45 s. */
    private static final Duration ANSWER = Duration.ofSeconds(60);
    /** Longer than the 5 min that the gateway usually lets a file take to come in, for the time limit is on sending too. */
    private static final Duration UPLOAD = Duration.ofMinutes(6);

    private static final String LINES = "application/x-ndjson";
    private static final String IMPORTS = "/api/v1/imports";
    private static final int OK = 200;
    private static final byte[] NOTHING = {};

    private final URI gateway;
    private final Duration answer;
    private final Duration upload;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final ObjectMapper json = new ObjectMapper();

    public SluiceClient(URI gateway) {
        this(gateway, ANSWER, UPLOAD);
    }

    SluiceClient(URI gateway, Duration answer, Duration upload) {
        this.gateway = gateway;
        this.answer = answer;
        this.upload = upload;
    }

    /** Saves a product and waits until it is searchable. */
    public Answer saveProduct(Map<String, String> fields) throws IOException {
        return send(request("/api/v1/index-product")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(query(fields.entrySet()))));
    }

    /** Saves a product with its picture; the answer names the job. */
    public Answer saveProduct(Map<String, String> fields, Picture picture) throws IOException {
        var form = new Multipart();
        fields.forEach(form::field);
        form.file("image_file", picture.fileName(), picture.mediaType(), picture.bytes());
        return send(request("/api/v1/index-product-with-image")
                .header("Content-Type", form.contentType())
                .POST(form.body()));
    }

    /**
     * Saves many products in one call, without waiting until they are searchable.
     *
     * @param ndjson one JSON object a line
     * @return on success an array with one answer an item, in their order; else the problem
     */
    public Answer saveProducts(byte[] ndjson) throws IOException {
        return send(request("/api/v1/products:batch")
                .header("Content-Type", LINES)
                .POST(BodyPublishers.ofByteArray(ndjson)));
    }

    /** {@return the product as the ledger has it} */
    public Answer product(String id) throws IOException {
        return send(request("/api/v1/products/" + encode(id)));
    }

    /** Deletes a product; the answer names the job. */
    public Answer deleteProduct(String id) throws IOException {
        return send(request("/api/v1/products/" + encode(id)).DELETE());
    }

    /** Searches by text, by picture comes in {@link #searchByPicture}. Keys: {@code q, limit, filter}. */
    public Answer search(Map<String, String> parameters) throws IOException {
        return search(parameters.entrySet());
    }

    /** Searches by text, with parameters that may repeat, as {@code filter} does. */
    public Answer search(Collection<Map.Entry<String, String>> parameters) throws IOException {
        return send(request("/api/v1/search?" + query(parameters)));
    }

    /** Searches by picture, and by text too when {@code parameters} has a {@code q}. */
    public Answer searchByPicture(Picture picture, Map<String, String> parameters) throws IOException {
        return searchByPicture(picture, parameters.entrySet());
    }

    /** Searches by picture, with parameters that may repeat, as {@code filter} does. */
    public Answer searchByPicture(Picture picture, Collection<Map.Entry<String, String>> parameters)
            throws IOException {
        var form = new Multipart();
        parameters.forEach(parameter -> form.field(parameter.getKey(), parameter.getValue()));
        form.file("image_file", picture.fileName(), picture.mediaType(), picture.bytes());
        return send(request("/api/v1/search")
                .header("Content-Type", form.contentType())
                .POST(form.body()));
    }

    /** {@return the job as it stands} */
    public Answer job(String id) throws IOException {
        return send(request("/api/v1/jobs/" + encode(id)));
    }

    /**
     * Sends a file to be imported; the answer names the import. The file is read while it is sent.
     *
     * @param options {@code kind}, and as needed {@code mapping, dry_run, create_categories, sheet}
     * @param idempotencyKey the same again for the same import, when nobody knows whether the last call got through
     */
    public Answer importFile(Path file, Map<String, String> options, String idempotencyKey) throws IOException {
        var form = new Multipart();
        options.forEach(form::field);
        form.file("file", String.valueOf(file.getFileName()), "application/octet-stream", file);
        return send(request(IMPORTS)
                .timeout(upload)
                .header("Content-Type", form.contentType())
                .header("Idempotency-Key", idempotencyKey)
                .POST(form.body()));
    }

    /** {@return the latest imports, newest first} */
    public Answer imports(int limit) throws IOException {
        return send(request(IMPORTS + "?limit=" + limit));
    }

    /** {@return the import as it stands} */
    public Answer importStatus(String id) throws IOException {
        return send(request(IMPORTS + "/" + encode(id)));
    }

    /** Ends an import; rows that are written stay. */
    public Answer cancelImport(String id) throws IOException {
        return send(request(IMPORTS + "/" + encode(id) + "/cancel").POST(BodyPublishers.noBody()));
    }

    /** {@return the first rows of an import that were rejected, with their reasons} */
    public Answer importErrors(String id, int limit) throws IOException {
        return send(request(IMPORTS + "/" + encode(id) + "/errors?limit=" + limit));
    }

    /**
     * Fetches all rejected rows of an import, to be mended and imported.
     *
     * @param to the file that is written when the answer is a success
     */
    public Answer importErrors(String id, Path to) throws IOException {
        return send(
                request(IMPORTS + "/" + encode(id) + "/errors")
                        .setHeader("Accept", "text/csv, application/problem+json"),
                head -> head.statusCode() == OK
                        ? BodySubscribers.mapping(BodySubscribers.ofFile(to), _ -> NOTHING)
                        : BodySubscribers.ofByteArray());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(trimmed(gateway.toString()) + path))
                .timeout(answer)
                .header("Accept", "application/json, application/problem+json");
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        return send(request, BodyHandlers.ofByteArray());
    }

    private Answer send(HttpRequest.Builder request, BodyHandler<byte[]> reader) throws IOException {
        try {
            var response = http.send(request.build(), reader);
            var isLines =
                    response.headers().firstValue("Content-Type").orElse("").startsWith(LINES);
            var body = isLines ? lines(response.body()) : parse(response.body());
            var retryAfter = response.headers().firstValue("Retry-After").filter(SluiceClient::isSeconds);
            return new Answer(
                    response.statusCode(),
                    body,
                    retryAfter
                            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                            .orElse(Duration.ZERO));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + gateway);
        }
    }

    private static boolean isSeconds(String text) {
        return text.matches("[0-9]{1,9}");
    }

    private JsonNode parse(byte[] body) throws IOException {
        return body.length == 0 ? MissingNode.getInstance() : json.readTree(body);
    }

    private JsonNode lines(byte[] body) throws IOException {
        try (var values = json.readerFor(JsonNode.class).<JsonNode>readValues(body)) {
            return json.createArrayNode().addAll(values.readAll());
        }
    }

    private static String query(Collection<Map.Entry<String, String>> fields) {
        return fields.stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String trimmed(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    @Override
    public void close() {
        http.close();
    }
}
