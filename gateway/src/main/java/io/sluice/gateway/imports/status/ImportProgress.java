package io.sluice.gateway.imports.status;

import io.micronaut.http.sse.Event;
import io.sluice.gateway.imports.ImportView;
import io.sluice.jobs.stream.JobEventStream;
import io.sluice.jobs.stream.ListenerCursor;
import io.sluice.schemas.job.Job;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An import while it goes on, told as a whole with every change. The id of an event is when that was, so a listener that
 * comes back hears nothing twice, at any gateway.
 */
final class ImportProgress implements ListenerCursor {
    static final String EXAMPLE = """
            retry: 2000

            id: 1772359200000
            event: progress
            data: {"import_id":"6ad1f0c2-7c2b-4f55-9c39-1d0d1c5f7a10","status":"processing","rows_total":1000,"rows_created":500}

            """;

    private static final String END = "!";

    private String told;

    private ImportProgress(String told) {
        this.told = told;
    }

    /** {@return what is news to whoever received this event; all of it without an id} */
    static ImportProgress since(@Nullable String lastEventId) {
        return new ImportProgress(lastEventId == null ? "" : lastEventId.strip());
    }

    @Override
    public boolean isAtEnd(Job job) {
        return job.status().isTerminal() && told.endsWith(END);
    }

    @Override
    public List<Event<?>> advance(Job job) {
        var isOver = job.status().isTerminal();
        var id = job.updatedAt().toEpochMilli() + (isOver ? END : "");
        if (id.equals(told) && !isOver) {
            return List.of();
        }
        told = id;
        return List.of(Event.of(ImportView.of(job)).id(id).name(isOver ? JobEventStream.LAST : "progress"));
    }
}
