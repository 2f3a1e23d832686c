package io.sluice.jobs.sse;

import static io.sluice.schemas.job.JobStatus.PROCESSING;
import static io.sluice.schemas.job.JobStatus.QUEUED;
import static io.sluice.schemas.job.JobStatus.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micronaut.http.sse.Event;
import io.sluice.jobs.board.JobBoard;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

class JobEventStreamTest {
    private final JobBoard board = new JobBoard(1_000, id -> Optional.empty());
    private final JobEventStream stream = new JobEventStream(board);

    @Test
    void sendsEveryStateAndEndsWithTheJob() {
        var listener = listen(stream);
        board.update(job(PROCESSING));
        assertThat(listener.isOver()).isFalse();

        board.update(job(SUCCEEDED));

        assertThat(listener.names()).containsExactly("queued", "processing", JobEventStream.LAST);
        assertThat(listener.isOver()).isTrue();
        assertThat(board.watched()).isZero();
    }

    @Test
    void removesAListenerThatDisconnects() {
        var listeners = IntStream.range(0, 1_000).mapToObj(i -> listen(stream)).toList();
        assertThat(board.watched()).isEqualTo(1);

        listeners.forEach(Listener::disconnect);

        assertThat(board.watched()).isZero();
    }

    @Test
    void sendsHeartbeats() {
        var listener = listen(new JobEventStream(board, Duration.ofMillis(5)));

        await().until(() -> listener.events.size() > 4);

        assertThat(listener.names()).containsExactly("queued");
        assertThat(listener.events.getLast().getComment()).isEqualTo("queued");
        listener.disconnect();
    }

    @Test
    void endsWithoutTheLastEventWhenItIsClosed() {
        var listener = listen(stream);

        stream.close();

        assertThat(listener.isOver()).isTrue();
        assertThat(listener.names()).containsExactly("queued");
        assertThat(board.watched()).isZero();
    }

    private static Job job(JobStatus status) {
        return Job.of("a", "product", status, Instant.EPOCH);
    }

    private static Listener listen(JobEventStream stream) {
        return new Listener(stream);
    }

    /** Sends the name of each state once. */
    private static final class StatusCursor implements ListenerCursor {
        private String sent = "";

        @Override
        public boolean isAtEnd(Job job) {
            return sent.equals(JobEventStream.LAST);
        }

        @Override
        public List<Event<?>> advance(Job job) {
            var name = job.status().isTerminal()
                    ? JobEventStream.LAST
                    : job.status().wireName();
            var isSent = name.equals(sent);
            sent = name;
            return isSent ? List.of() : List.of(Event.of("").name(name));
        }
    }

    private static final class Listener {
        final List<Event<?>> events = new CopyOnWriteArrayList<>();
        private final Disposable connection;

        Listener(JobEventStream stream) {
            this.connection =
                    Flux.from(stream.of(job(QUEUED), new StatusCursor())).subscribe(events::add);
        }

        List<String> names() {
            return events.stream().map(Event::getName).filter(Objects::nonNull).toList();
        }

        boolean isOver() {
            return connection.isDisposed();
        }

        void disconnect() {
            connection.dispose();
        }
    }
}
