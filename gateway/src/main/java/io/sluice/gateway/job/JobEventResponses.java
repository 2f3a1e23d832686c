package io.sluice.gateway.job;

import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.runtime.event.annotation.EventListener;
import io.sluice.jobs.stream.JobEventStream;
import io.sluice.jobs.stream.ListenerCursor;
import io.sluice.schemas.job.Job;
import jakarta.inject.Singleton;

/** Answers with a {@link JobEventStream}. */
@Singleton
public final class JobEventResponses {
    /** The header that names the event a listener received last. */
    public static final String LAST_EVENT_ID = "Last-Event-ID";

    private final JobEventStream stream;

    JobEventResponses(JobEventStream stream) {
        this.stream = stream;
    }

    /**
     * {@return the job's events, or 204 when the listener has received all of them}
     *
     * @param job as it stands now
     * @param cursor what the listener has received before
     */
    public HttpResponse<?> follow(Job job, ListenerCursor cursor) {
        if (cursor.isAtEnd(job)) {
            return HttpResponse.noContent();
        }
        return HttpResponse.ok(stream.of(job, cursor))
                .contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header("X-Accel-Buffering", "no"); // nginx would keep the events until there are many
    }

    /** Ends the streams first: the server waits for its open answers. */
    @EventListener
    void stop(ShutdownEvent event) {
        stream.close();
    }
}
