package io.sluice.gateway.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.http.sse.Event;
import io.sluice.jobs.sse.JobEventStream;
import io.sluice.jobs.sse.ListenerCursor;
import io.sluice.schemas.job.Job;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends each stage of a job to a listener once. The id of an event lists the stages sent so far, such as
 * {@code accepted,embedded}; the id of the last event ends with {@value #END}. So any gateway can continue from any id,
 * even when a stage arrives late and belongs between two others.
 */
final class StageCursor implements ListenerCursor {
    static final String EXAMPLE = """
            retry: 2000

            id: accepted
            event: stage
            data: {"stage":"accepted","at":"2026-03-01T10:00:00Z","took_ms":0}

            """;

    private static final String SEPARATOR = ",";
    /** Never part of an escaped stage. */
    private static final String END = "!";

    private final Set<String> stages;
    private boolean hasEnded;

    private StageCursor(Set<String> stages, boolean hasEnded) {
        this.stages = stages;
        this.hasEnded = hasEnded;
    }

    /** {@return a cursor after the event with this id; at the beginning when there is no id} */
    static StageCursor after(@Nullable String lastEventId) {
        var id = lastEventId == null ? "" : lastEventId.strip();
        var hasEnded = id.endsWith(END);
        var stages = Arrays.stream((hasEnded ? id.substring(0, id.length() - END.length()) : id).split(SEPARATOR, -1))
                .filter(stage -> !stage.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return new StageCursor(stages, hasEnded);
    }

    @Override
    public boolean isAtEnd(Job job) {
        return hasEnded && job.status().isTerminal();
    }

    @Override
    public List<Event<?>> advance(Job job) {
        var events = new ArrayList<Event<?>>();
        for (var stage : job.stages()) {
            if (stages.add(URLEncoder.encode(stage.stage(), UTF_8))) {
                events.add(Event.of(stage).id(id()).name("stage"));
            }
        }
        if (job.status().isTerminal()) {
            hasEnded = true;
            events.add(Event.of(JobView.of(job)).id(id() + END).name(JobEventStream.LAST));
        }
        return events;
    }

    private String id() {
        return String.join(SEPARATOR, stages);
    }
}
