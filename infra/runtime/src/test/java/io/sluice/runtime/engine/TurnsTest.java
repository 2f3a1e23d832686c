package io.sluice.runtime.engine;

import static io.sluice.runtime.engine.Records.saved;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.Source.Version;
import io.sluice.runtime.engine.WorkState.Decided;
import io.sluice.runtime.engine.WorkState.Due;
import io.sluice.schemas.job.JobStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final int BATCH = 4;

    private final Backlog backlog =
            new Backlog(new Offsets("me"), message -> Envelope.of(message, Version.POSITION, false, 1));
    private final MovableClock clock = new MovableClock();
    private final Turns turns = new Turns(backlog, BATCH, clock);

    @Test
    void recordsInDoubtAreAloneAndAfterTheOthers() {
        add(0, 10);
        backlog.ready(_ -> true, 2).forEach(Work::putInDoubt);

        assertThat(offsets(next(false))).containsExactly(2L, 3L, 4L, 5L);
        assertThat(offsets(next(false))).containsExactly(6L, 7L, 8L, 9L);
        assertThat(offsets(next(false))).containsExactly(0L);
        assertThat(offsets(next(false))).containsExactly(1L);
        assertThat(turns.next(_ -> true)).isEmpty();
    }

    @Test
    void recordsInDoubtDoNotWaitForEver() {
        add(0, 20);
        backlog.ready(_ -> true, 2).forEach(Work::putInDoubt);

        assertThat(offsets(next(false))).containsExactly(2L, 3L, 4L, 5L);
        clock.advance(Duration.ofSeconds(5));
        assertThat(offsets(next(false))).containsExactly(0L);
        assertThat(offsets(next(false))).containsExactly(6L, 7L, 8L, 9L);
        clock.advance(Duration.ofSeconds(5));
        assertThat(offsets(next(false))).containsExactly(1L);
    }

    @Test
    void moreOfThemAreHandledTogetherWhileTheyPassUntilOneFails() {
        add(0, 20);
        backlog.ready(_ -> true, 20).forEach(Work::putInDoubt);

        assertThat(next(true)).hasSize(1);
        assertThat(next(true)).hasSize(2);
        assertThat(next(true)).hasSize(4);
        assertThat(next(false)).hasSize(4);
        assertThat(next(true)).hasSize(1);
        assertThat(next(true)).hasSize(2);
    }

    @Test
    void aRecordInDoubtKeepsTheLaterOnesOfItsKeyBehindIt() {
        backlog.add(polled(List.of(saved("same", 0), saved("same", 1), saved("other", 2))));
        backlog.ready(_ -> true, 1).getFirst().putInDoubt();

        assertThat(offsets(next(true))).containsExactly(2L);
        assertThat(offsets(next(true))).containsExactly(0L);
        assertThat(offsets(next(true))).containsExactly(1L);
    }

    /** Handles the next batch as the consumer loop does. */
    private List<Work> next(boolean passes) {
        var works = turns.next(work -> work.state() instanceof Due);
        for (var work : works) {
            work.moveTo(new Decided(passes ? new Fate.Finished(List.of(), JobStatus.SUCCEEDED) : new Fate.Moved(0)));
            backlog.done(work);
        }
        turns.ended(works);
        return works;
    }

    private void add(int from, int until) {
        backlog.add(polled(
                IntStream.range(from, until).mapToObj(i -> saved("p-" + i, i)).toList()));
    }

    private static ConsumerRecords<byte[], byte[]> polled(List<ConsumerRecord<byte[], byte[]>> messages) {
        var partition = new TopicPartition(messages.getFirst().topic(), 0);
        return new ConsumerRecords<>(Map.of(partition, new ArrayList<>(messages)), Map.of());
    }

    private static List<Long> offsets(List<Work> works) {
        return works.stream().map(work -> work.message().offset()).toList();
    }
}
