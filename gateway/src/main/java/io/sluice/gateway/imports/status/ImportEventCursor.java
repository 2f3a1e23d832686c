package io.sluice.gateway.imports.status;

import io.micronaut.http.sse.Event;
import io.sluice.gateway.imports.ImportView;
import io.sluice.jobs.sse.JobEventStream;
import io.sluice.jobs.sse.ListenerCursor;
import io.sluice.schemas.job.Job;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends the whole import to a listener with every change. The id of an event is the time of the change, so a listener
 * that reconnects, to any gateway, receives nothing twice.
 */
final class ImportEventCursor implements ListenerCursor {
    static final String EXAMPLE = """
            retry: 2000

            id: 1772359200000
            event: progress
            data: {"import_id":"6ad1f0c2-7c2b-4f55-9c39-1d0d1c5f7a10","status":"processing","rows_total":1000,"rows_created":500}

            """;

    private static final String END = "!";

    private String lastSent;

    private ImportEventCursor(String lastSent) {
        this.lastSent = lastSent;
    }

    /** {@return a cursor after the event with this id; at the beginning when there is no id} */
    static ImportEventCursor since(@Nullable String lastEventId) {
        return new ImportEventCursor(lastEventId == null ? "" : lastEventId.strip());
    }

    @Override
    public boolean isAtEnd(Job job) {
        return job.status().isTerminal() && lastSent.endsWith(END);
    }

    @Override
    public List<Event<?>> advance(Job job) {
        var isOver = job.status().isTerminal();
        var id = job.updatedAt().toEpochMilli() + (isOver ? END : "");
        if (id.equals(lastSent) && !isOver) {
            return List.of();
        }
        lastSent = id;
        return List.of(Event.of(ImportView.of(job)).id(id).name(isOver ? JobEventStream.LAST : "progress"));
    }
}
