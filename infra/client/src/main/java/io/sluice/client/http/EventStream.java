package io.sluice.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Reads a stream of server-sent events up to the event named {@code end}. When the connection breaks off, it connects
 * again and asks for the events after the last one it received. For one caller.
 */
public final class EventStream {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String END = "end";
    private static final int OK = 200;

    private final HttpCaller http;
    private final String path;
    private String lastId = "";
    private Duration retry = Duration.ofSeconds(2);
    private boolean hasNews;

    /** Prepares a stream; {@link #untilEnd} connects. */
    public EventStream(HttpCaller http, String path) {
        this.http = http;
        this.path = path;
    }

    /**
     * Returns the data of the last event.
     *
     * @param patience bounds how long it tries to connect
     * @param news gets the data of every other event, once
     */
    public Answer<JsonNode> untilEnd(Patience patience, Consumer<JsonNode> news) throws IOException {
        while (true) {
            var answer = patience.ask(() -> listen(news));
            if (!isCutOff(answer)) {
                return answer.map(Optional::orElseThrow);
            }
            LockSupport.parkNanos(retry.toNanos());
        }
    }

    /** Returns the data of the last event, if it came. A connection without any event counts as a failed try. */
    private Answer<Optional<JsonNode>> listen(Consumer<JsonNode> news) throws IOException {
        hasNews = false;
        try {
            var answer = http.stream(request(), body -> read(body, news));
            if (isCutOff(answer) && !hasNews) {
                throw new IOException("the event stream ended before its last event");
            }
            return answer;
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            if (hasNews) {
                return new Answer.Success<>(OK, Optional.empty());
            }
            throw e;
        }
    }

    private static boolean isCutOff(Answer<Optional<JsonNode>> answer) {
        return answer instanceof Answer.Success<Optional<JsonNode>>(var _, var end) && end.isEmpty();
    }

    private HttpRequest.Builder request() {
        var request = http.request(path).setHeader("Accept", "text/event-stream, application/problem+json");
        return lastId.isEmpty() ? request : request.header("Last-Event-ID", lastId);
    }

    private Optional<JsonNode> read(InputStream body, Consumer<JsonNode> news) throws IOException {
        try (var watch = SilenceWatch.start(body, http.deadlines().silence())) {
            var events = new ServerSentEvents(body, lastId, retry, watch::heard);
            for (var event = events.next(); event.isPresent(); event = events.next()) {
                hasNews = true;
                lastId = events.lastId();
                retry = events.retry();
                var data = JSON.readTree(event.get().data());
                if (event.get().name().equals(END)) {
                    return Optional.of(data);
                }
                news.accept(data);
            }
            return Optional.empty();
        }
    }
}
