package io.sluice.client.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Makes calls to one server. Threads may share it. */
public final class HttpCaller implements AutoCloseable {
    /** Keeps every digit of a number: a value that is shown may be corrected and sent again. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final int UNAUTHORIZED = 401;

    private final URI server;
    private final Deadlines deadlines;
    private final Credentials credentials;
    private final HttpClient http;

    /**
     * Prepares calls.
     *
     * @param server its address; when it has a path, the paths of calls go below it
     */
    public HttpCaller(URI server, Deadlines deadlines, Credentials credentials) {
        this.server = server;
        this.deadlines = deadlines;
        this.credentials = credentials;
        this.http = client(server, deadlines);
    }

    private static HttpClient client(URI server, Deadlines deadlines) {
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(deadlines.connect());
        return "http".equalsIgnoreCase(server.getScheme())
                ? client.sslContext(NoTls.context()).build()
                : client.build();
    }

    /** Reads the body of a success while it arrives. */
    @FunctionalInterface
    public interface BodyReader<T> {
        T read(InputStream body) throws IOException;

        /** Returns what the call asked for, if the body of a refusal has it too. The call then counts as a success. */
        default Optional<T> fromRefusal(JsonNode body) {
            return Optional.empty();
        }
    }

    private record JsonReader<T>(Function<JsonNode, T> ofSuccess, Function<JsonNode, Optional<T>> ofRefusal)
            implements BodyReader<T> {
        @Override
        public T read(InputStream body) throws IOException {
            return ofSuccess.apply(parsed(body.readAllBytes()));
        }

        @Override
        public Optional<T> fromRefusal(JsonNode body) {
            return ofRefusal.apply(body);
        }
    }

    /** {@return the deadlines of its calls} */
    public Deadlines deadlines() {
        return deadlines;
    }

    /** Starts a GET request for a path. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(withoutSlash(server.toString()) + path))
                .timeout(deadlines.answer())
                .header("Accept", "application/json, application/problem+json");
    }

    /** Sends a request and reads the JSON body of a success. */
    public <T> Answer<T> json(HttpRequest.Builder request, Function<JsonNode, T> reader) throws IOException {
        return json(request, reader, _ -> Optional.empty());
    }

    /**
     * Does the same.
     *
     * @param ofRefusal returns what the call asked for, if the body of a refusal has it too; the call then counts as a
     *     success
     */
    public <T> Answer<T> json(
            HttpRequest.Builder request, Function<JsonNode, T> reader, Function<JsonNode, Optional<T>> ofRefusal)
            throws IOException {
        return stream(request, new JsonReader<>(reader, ofRefusal));
    }

    private static JsonNode parsed(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new UnexpectedAnswerException("JSON", e.getOriginalMessage());
        }
    }

    /**
     * Sends a request and reads the body of a success while it arrives. The body of a refusal is read as a problem. If the
     * server does not accept the token, and there is another one, the request is sent once more: a server that answers 401
     * has done nothing.
     */
    public <T> Answer<T> stream(HttpRequest.Builder request, BodyReader<T> reader) throws IOException {
        return stream(request, reader, true);
    }

    /**
     * Does the same.
     *
     * @param repeatable whether the body of the request can be sent a second time
     */
    public <T> Answer<T> stream(HttpRequest.Builder request, BodyReader<T> reader, boolean repeatable)
            throws IOException {
        var token = credentials.token();
        var answer = once(request, token, reader);
        return answer.status() == UNAUTHORIZED && token.isPresent() && credentials.replace(token.get()) && repeatable
                ? once(request, credentials.token(), reader)
                : answer;
    }

    private <T> Answer<T> once(HttpRequest.Builder template, Optional<String> token, BodyReader<T> reader)
            throws IOException {
        var request = template.copy();
        token.ifPresent(text -> request.setHeader("Authorization", "Bearer " + text));
        try {
            var response = http.send(request.build(), BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                return isSuccess(response)
                        ? new Answer.Success<>(response.statusCode(), reader.read(body))
                        : refusal(response, Problem.parsed(body.readAllBytes()), reader);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + server);
        }
    }

    private static <T> Answer<T> refusal(HttpResponse<?> response, JsonNode body, BodyReader<T> reader) {
        return reader.fromRefusal(body)
                .<Answer<T>>map(value -> new Answer.Success<>(response.statusCode(), value))
                .orElseGet(() -> new Answer.Refused<>(Problem.of(response.statusCode(), body), retryAfter(response)));
    }

    private static boolean isSuccess(HttpResponse<?> response) {
        return response.statusCode() / 100 == 2;
    }

    /** Reads seconds only: our services send no dates. */
    private static Duration retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(Duration.ZERO);
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    @Override
    public void close() {
        http.close();
    }
}
