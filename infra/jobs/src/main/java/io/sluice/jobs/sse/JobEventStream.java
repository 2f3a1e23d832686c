package io.sluice.jobs.sse;

import io.micronaut.http.sse.Event;
import io.sluice.jobs.board.JobBoard;
import io.sluice.schemas.job.Job;
import java.time.Duration;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Jobs as streams of server-sent events (WHATWG HTML, section 9.2). A listener costs an entry on the {@link JobBoard} and a
 * timer, and no thread. A listener that disconnects is removed immediately; one whose connection is dead is removed with the
 * next heartbeat.
 *
 * <p>When this closes, every stream ends without its {@value #LAST} event, so that the client reconnects with the id of the
 * event it received last.
 */
public final class JobEventStream implements AutoCloseable {
    /** Name of the last event. */
    public static final String LAST = "end";

    private static final Duration RECONNECT_DELAY = Duration.ofSeconds(2);
    /** Proxies close a connection that is silent for a minute, many of them sooner. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final JobBoard board;
    private final Duration heartbeat;
    private final Sinks.Empty<Void> stopping = Sinks.empty();

    /** Makes streams of the jobs on this board. */
    public JobEventStream(JobBoard board) {
        this(board, HEARTBEAT);
    }

    /**
     * Makes streams of the jobs on this board.
     *
     * @param heartbeat how often a stream sends a comment to show that it is alive
     */
    public JobEventStream(JobBoard board, Duration heartbeat) {
        this.board = board;
        this.heartbeat = heartbeat;
    }

    /**
     * {@return the events of a job, for one subscriber}
     *
     * @param job the current state of the job
     * @param cursor what the listener has received before
     */
    public Publisher<Event<?>> of(Job job, ListenerCursor cursor) {
        Flux<Event<?>> stages = states(job).concatMapIterable(cursor::advance);
        Flux<Event<?>> beats = Flux.interval(heartbeat)
                .onBackpressureDrop()
                .map(tick ->
                        comment(board.find(job.jobId()).orElse(job).status().wireName()));
        return Flux.merge(stages, beats)
                .startWith(comment("job " + job.jobId()).retry(RECONNECT_DELAY))
                .takeUntil(event -> LAST.equals(event.getName()))
                .takeUntilOther(stopping.asMono());
    }

    private Flux<Job> states(Job job) {
        Flux<Job> states = Flux.create(sink -> {
            var watch = board.watch(job.jobId(), sink::next);
            sink.onDispose(watch::close);
        });
        return states.startWith(job);
    }

    private static Event<?> comment(String text) {
        return Event.of("").comment(text);
    }

    /** Ends every stream. */
    @Override
    public void close() {
        var _ = stopping.tryEmitEmpty();
    }
}
