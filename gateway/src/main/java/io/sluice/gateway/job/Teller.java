package io.sluice.gateway.job;

import io.micronaut.http.sse.Event;
import io.sluice.schemas.job.Job;
import java.util.List;

/** What one listener of {@link JobStreams} is told of a job, and has been told. One thread at a time. */
public interface Teller {
    /** {@return whether there is nothing left to tell, now or later} */
    boolean isAllOf(Job job);

    /** {@return the events that tell what is new about the job, which is told herewith; that of its end is the last} */
    List<Event<?>> news(Job job);
}
