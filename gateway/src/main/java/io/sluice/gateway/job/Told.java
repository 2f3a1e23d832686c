package io.sluice.gateway.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.http.sse.Event;
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
 * The stages of a job, each told once. The id of an event is all that was told with it, {@code accepted,embedded}, and
 * {@value #END} after the last; so any gateway can go on from any id, even when a stage turns up late between two others.
 */
final class Told implements Teller {
    private static final String SEPARATOR = ",";
    /** Never part of an escaped stage. */
    private static final String END = "!";

    private final Set<String> stages;
    private boolean hasEnded;

    private Told(Set<String> stages, boolean hasEnded) {
        this.stages = stages;
        this.hasEnded = hasEnded;
    }

    /** {@return what whoever received this event was told; nothing without an id} */
    static Told upTo(@Nullable String lastEventId) {
        var id = lastEventId == null ? "" : lastEventId.strip();
        var hasEnded = id.endsWith(END);
        var stages = Arrays.stream((hasEnded ? id.substring(0, id.length() - END.length()) : id).split(SEPARATOR, -1))
                .filter(stage -> !stage.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return new Told(stages, hasEnded);
    }

    @Override
    public boolean isAllOf(Job job) {
        return hasEnded && job.status().isTerminal();
    }

    @Override
    public List<Event<?>> news(Job job) {
        var news = new ArrayList<Event<?>>();
        for (var stage : job.stages()) {
            if (stages.add(URLEncoder.encode(stage.stage(), UTF_8))) {
                news.add(Event.of(stage).id(id()).name("stage"));
            }
        }
        if (job.status().isTerminal()) {
            hasEnded = true;
            news.add(Event.of(JobView.of(job)).id(id() + END).name(JobStreams.LAST));
        }
        return news;
    }

    private String id() {
        return String.join(SEPARATOR, stages);
    }
}
