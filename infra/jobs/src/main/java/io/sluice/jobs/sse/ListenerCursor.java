package io.sluice.jobs.sse;

import io.micronaut.http.sse.Event;
import io.sluice.schemas.job.Job;
import java.util.List;

/** The position of one listener of a {@link JobEventStream} in the events of its job. Used by one thread at a time. */
public interface ListenerCursor {
    /** {@return whether the listener has received everything, and nothing will follow} */
    boolean isAtEnd(Job job);

    /** {@return the events that the listener has not received yet; the event of the job's end is the last one} */
    List<Event<?>> advance(Job job);
}
