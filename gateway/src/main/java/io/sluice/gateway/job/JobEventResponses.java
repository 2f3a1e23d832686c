package io.sluice.gateway.job;

import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.runtime.event.annotation.EventListener;
import io.sluice.jobs.sse.JobEventStream;
import io.sluice.jobs.sse.ListenerCursor;
import io.sluice.schemas.job.Job;
import jakarta.inject.Singleton;

/** Answers a request with the event stream of a job. */
@Singleton
public final class JobEventResponses {
    /** The request header with the id of the last event that the listener received. */
    public static final String LAST_EVENT_ID = "Last-Event-ID";

    private final JobEventStream stream;

    JobEventResponses(JobEventStream stream) {
        this.stream = stream;
    }

    /**
     * {@return the job's events, or 204 when the listener has received all of them}
     *
     * @param job the current state of the job
     * @param cursor the events that the listener has already received
     */
    public HttpResponse<?> follow(Job job, ListenerCursor cursor) {
        if (cursor.isAtEnd(job)) {
            return HttpResponse.noContent();
        }
        return HttpResponse.ok(stream.of(job, cursor))
                .contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header("X-Accel-Buffering", "no"); // otherwise nginx buffers the events
    }

    /** Ends the streams before the server stops, because the server waits for open answers. */
    @EventListener
    void stop(ShutdownEvent event) {
        stream.close();
    }
}
