package io.sluice.client.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.http.ServerSentEvents.ServerSentEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class ServerSentEventsTest {
    @Test
    void readsEventsPastCommentsAndKeepsTheIdAndThePause() throws IOException {
        var events = events("""
                : job 7
                retry: 150

                id: a
                event: stage
                data: {"stage":
                data: "accepted"}

                :still here
                data:without a name

                """);

        assertThat(events.next()).hasValue(new ServerSentEvent("stage", "{\"stage\":\n\"accepted\"}"));
        assertThat(events.lastId()).isEqualTo("a");
        assertThat(events.retry()).isEqualTo(Duration.ofMillis(150));
        assertThat(events.next()).hasValue(new ServerSentEvent("message", "without a name"));
        assertThat(events.lastId())
                .as("an event without an id keeps the one before")
                .isEqualTo("a");
        assertThat(events.next()).isEmpty();
    }

    @Test
    void dropsAnEventThatIsCutOff() throws IOException {
        var events = events("id: a\ndata: whole\n\nid: b\ndata: ha");

        var all = new ArrayList<String>();
        for (var event = events.next(); event.isPresent(); event = events.next()) {
            all.add(event.get().data() + " " + events.lastId());
        }

        assertThat(all).containsExactly("whole a");
    }

    private static ServerSentEvents events(String stream) {
        return new ServerSentEvents(
                new ByteArrayInputStream(stream.getBytes(UTF_8)), "", Duration.ofSeconds(2), () -> {});
    }
}
