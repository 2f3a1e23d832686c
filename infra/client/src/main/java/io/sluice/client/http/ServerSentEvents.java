package io.sluice.client.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.Optional;

/** Reads server-sent events (WHATWG HTML, section 9.2) one by one, and skips comments. */
final class ServerSentEvents {
    private final BufferedReader lines;
    private final Runnable lineRead;
    private String lastId;
    private Duration retry;

    /**
     * @param lastId the id of the event before this stream; empty when there was none
     * @param retry the pause before the next connection, until the server sends another one
     * @param lineRead runs after every line, comments included
     */
    ServerSentEvents(InputStream body, String lastId, Duration retry, Runnable lineRead) {
        this.lines = new BufferedReader(new InputStreamReader(body, UTF_8));
        this.lastId = lastId;
        this.retry = retry;
        this.lineRead = lineRead;
    }

    /** One event. */
    record ServerSentEvent(String name, String data) {}

    /** Returns the next event, or empty at the end of the stream. An event that is cut off there is dropped. */
    Optional<ServerSentEvent> next() throws IOException {
        var name = "message";
        var data = new StringBuilder();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            lineRead.run();
            if (line.isEmpty() && !data.isEmpty()) {
                return Optional.of(new ServerSentEvent(name, data.substring(0, data.length() - 1)));
            }
            var colon = line.indexOf(':');
            var field = colon < 0 ? line : line.substring(0, colon);
            var value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
            switch (field) {
                case "event" -> name = value;
                case "data" -> data.append(value).append('\n');
                case "id" -> lastId = value;
                case "retry" -> retry = value.matches("[0-9]{1,9}") ? Duration.ofMillis(Long.parseLong(value)) : retry;
                default -> {} // a comment has an empty field; other fields are ignored
            }
        }
        return Optional.empty();
    }

    /** {@return the id of the last event read} */
    String lastId() {
        return lastId;
    }

    /** {@return the pause before the next connection} */
    Duration retry() {
        return retry;
    }
}
