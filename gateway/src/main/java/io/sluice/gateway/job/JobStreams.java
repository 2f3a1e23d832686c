package io.sluice.gateway.job;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.sse.Event;
import io.sluice.schemas.job.Job;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Jobs as streams of server-sent events (WHATWG HTML, section 9.2). A listener costs an entry on the {@link JobBoard} and a
 * timer, and no thread; one who goes away is forgotten at once, one whose line is dead with the next heartbeat.
 *
 * <p>When the gateway stops, every stream ends without its {@value #LAST} event, so that a client comes back with the id of
 * what it received last.
 */
@Singleton
public final class JobStreams implements ApplicationEventListener<ShutdownEvent> {
    /** Name of the event after which there is none. */
    public static final String LAST = "end";

    /** The header in which a listener names what it received last. */
    public static final String LAST_EVENT_ID = "Last-Event-ID";

    static final String EXAMPLE = """
            retry: 2000

            id: accepted
            event: stage
            data: {"stage":"accepted","at":"2026-03-01T10:00:00Z","took_ms":0}

            """;

    private static final Duration COME_BACK = Duration.ofSeconds(2);
    /** Proxies cut a line that is silent for a minute, many of them sooner. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final JobBoard board;
    private final Duration heartbeat;
    private final Sinks.Empty<Void> stopping = Sinks.empty();

    @Inject
    JobStreams(JobBoard board) {
        this(board, HEARTBEAT);
    }

    JobStreams(JobBoard board, Duration heartbeat) {
        this.board = board;
        this.heartbeat = heartbeat;
    }

    /**
     * {@return the answer to a listener: what it hears, or, when it knows all of it, that it need not ask again}
     *
     * @param job as it stands now
     * @param teller of what the listener knows already
     */
    public HttpResponse<?> answer(Job job, Teller teller) {
        if (teller.isAllOf(job)) {
            return HttpResponse.noContent();
        }
        return HttpResponse.ok(of(job, teller))
                .contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header("X-Accel-Buffering", "no"); // nginx would keep the events until there are many
    }

    /** {@return what a listener hears of the job, for one subscriber} */
    Publisher<Event<?>> of(Job job, Teller teller) {
        Flux<Event<?>> stages = states(job).concatMapIterable(teller::news);
        Flux<Event<?>> beats = Flux.interval(heartbeat)
                .onBackpressureDrop()
                .map(tick ->
                        comment(board.find(job.jobId()).orElse(job).status().wireName()));
        return Flux.merge(stages, beats)
                .startWith(comment("job " + job.jobId()).retry(COME_BACK))
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

    @Override
    public void onApplicationEvent(ShutdownEvent event) {
        var _ = stopping.tryEmitEmpty();
    }
}
