package io.sluice.gateway.job;

import static io.sluice.schemas.job.JobStatus.FAILED;
import static io.sluice.schemas.job.JobStatus.PROCESSING;
import static io.sluice.schemas.job.JobStatus.QUEUED;
import static io.sluice.schemas.job.JobStatus.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.sse.Event;
import io.sluice.jobs.board.JobBoard;
import io.sluice.jobs.sse.JobEventStream;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

class StageCursorTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final JobBoard board = new JobBoard(1_000, id -> Optional.empty());
    private final JobEventStream streams = new JobEventStream(board);

    @Test
    void sendsEachStageOnceAndThenTheEnd() {
        board.update(job(QUEUED, "accepted"));
        var heard = listen(null);
        board.update(job(PROCESSING, "accepted", "embedded"));
        board.update(job(QUEUED, "accepted"));
        board.update(job(PROCESSING, "accepted", "embedded"));
        assertThat(heard.isOver()).isFalse();

        board.update(job(SUCCEEDED, "accepted", "embedded", "indexed"));

        assertThat(heard.ids())
                .containsExactly(
                        "accepted", "accepted,embedded", "accepted,embedded,indexed", "accepted,embedded,indexed!");
        assertThat(heard.names()).containsExactly("stage", "stage", "stage", "end");
        assertThat(heard.isOver()).isTrue();
        assertThat(board.watched()).isZero();
    }

    @Test
    void sendsAllStagesOfAJobThatHasEnded() {
        board.update(job(FAILED, "accepted", "failed"));

        var heard = listen(null);

        assertThat(heard.ids()).containsExactly("accepted", "accepted,failed", "accepted,failed!");
        assertThat(heard.isOver()).isTrue();
    }

    @Test
    void continuesAfterAnyEventWithoutLossOrRepetition() {
        board.update(job(SUCCEEDED, "accepted", "embedded", "indexed"));
        var all = listen(null).ids();

        assertThat(IntStream.range(0, all.size() - 1))
                .allSatisfy(
                        last -> assertThat(listen(all.get(last)).ids()).isEqualTo(all.subList(last + 1, all.size())));
    }

    @Test
    void sendsAStageThatArrivesLateBetweenTwoOthers() {
        board.update(job(PROCESSING, "accepted", "embedded"));
        var first = listen(null);
        board.update(job(SUCCEEDED, "accepted", "checked", "embedded", "indexed"));

        assertThat(first.ids().get(2)).isEqualTo("accepted,embedded,checked");
        assertThat(listen("accepted,embedded").ids())
                .isEqualTo(first.ids().subList(2, first.ids().size()));
    }

    @Test
    void sendsNothingAfterTheEnd() {
        var over = job(SUCCEEDED, "accepted", "indexed");

        assertThat(StageCursor.after("accepted,indexed!").isAtEnd(over)).isTrue();
        assertThat(StageCursor.after("accepted,indexed").isAtEnd(over)).isFalse();
        assertThat(StageCursor.after(null).isAtEnd(over)).isFalse();
    }

    @Test
    void keepsIdsOnOneLineForAnyNameOfAStage() {
        board.update(job(SUCCEEDED, "a,b!\n"));
        var all = listen(null).ids();

        assertThat(all.getFirst()).isEqualTo("a%2Cb%21%0A");
        assertThat(listen(all.getFirst()).ids()).containsExactly(all.getLast());
    }

    private Heard listen(@Nullable String lastEventId) {
        return new Heard(streams.of(board.find("a").orElseThrow(), StageCursor.after(lastEventId)));
    }

    private static Job job(JobStatus status, String... names) {
        var stages =
                Arrays.stream(names).map(name -> new Job.Stage(name, START, 0)).toList();
        var at = START.plusSeconds(names.length);
        return Job.of("a", "product", QUEUED, START)
                .withStatus(status, null, at)
                .withStages(stages);
    }

    /** A listener that records the events it receives. */
    private static final class Heard {
        final List<Event<?>> events = new CopyOnWriteArrayList<>();
        private final Disposable listening;

        Heard(Publisher<Event<?>> stream) {
            this.listening = Flux.from(stream).subscribe(events::add);
        }

        List<String> ids() {
            return told().stream().map(Event::getId).toList();
        }

        List<String> names() {
            return told().stream().map(Event::getName).toList();
        }

        boolean isOver() {
            return listening.isDisposed();
        }

        private List<Event<?>> told() {
            return events.stream().filter(event -> event.getId() != null).toList();
        }
    }
}
