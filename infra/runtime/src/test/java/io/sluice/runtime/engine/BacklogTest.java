package io.sluice.runtime.engine;

import static io.sluice.runtime.engine.Records.saved;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.engine.WorkState.AwaitingDependency;
import io.sluice.runtime.engine.WorkState.Due;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final TopicPartition PARTITION = new TopicPartition("products.v1", 0);

    private final Offsets offsets = new Offsets("this");
    private final Backlog backlog = new Backlog(offsets, Records::envelope);

    @Test
    void commitsUpToTheLowestRecordThatIsNotDone() {
        poll(List.of(saved("a", 10), saved("b", 11), saved("c", 12)));
        var works = backlog.ready(work -> true, 10);

        backlog.done(works.get(0));
        backlog.done(works.get(2));
        assertThat(offsets.committable()).isEqualTo(upTo(11, "1 done=1"));

        backlog.done(works.get(1));
        assertThat(offsets.committable()).isEqualTo(upTo(13));
        assertThat(backlog.isEmpty()).isTrue();
    }

    @Test
    void saysWhereItBeganAndCommitsNothingTwice() {
        poll(List.of(saved("a", 0)));
        assertThat(offsets.committable()).isEqualTo(upTo(0));

        backlog.done(backlog.ready(work -> true, 1).getFirst());
        offsets.committed(offsets.committable());

        assertThat(offsets.committable()).isEmpty();
    }

    @Test
    void aRecordWaitsForTheOneOfItsKeyBeforeIt() {
        poll(List.of(saved("a", 0), saved("b", 1), saved("a", 2), saved("c", 3)));
        backlog.ready(work -> true, 1).getFirst().moveTo(new AwaitingDependency());

        assertThat(backlog.ready(work -> work.state() instanceof Due, 10))
                .extracting(work -> work.message().offset())
                .containsExactly(1L, 3L);
    }

    @Test
    void theFirstRecordOfEachKeyWaitsForNoOther() {
        poll(List.of(saved("a", 0), saved("b", 1), saved("a", 2), saved("c", 3)));

        assertThat(backlog.heads()).extracting(work -> work.message().offset()).containsExactly(0L, 1L, 3L);
    }

    @Test
    void aRecordWaitsForItsTime() {
        poll(List.of(saved("a", 0), saved("b", 1)));
        var now = Instant.parse("2026-01-02T03:04:05Z");
        backlog.ready(work -> true, 1).getFirst().moveTo(new Due(now.plusSeconds(1)));

        assertThat(backlog.ready(work -> work.state() instanceof Due(var at) && !now.isBefore(at), 10))
                .extracting(work -> work.message().offset())
                .containsExactly(1L);
    }

    @Test
    void moreIsReadWhileRecordsOnlyWaitForTheirNextAttempt() {
        poll(List.of(saved("a", 0), saved("b", 1), saved("a", 2)));
        assertThat(backlog.busy()).as("records to handle").containsExactly(PARTITION);
        var works = backlog.ready(any -> true, 10);

        works.getFirst().failed(Instant.EPOCH);
        works.getFirst().moveTo(new Due(Instant.MAX));
        backlog.done(works.get(1));
        assertThat(backlog.busy())
                .as("the first waits, and the last is behind it")
                .isEmpty();

        poll(List.of(saved("c", 3)));
        assertThat(backlog.busy()).containsExactly(PARTITION);
        assertThat(backlog.ready(work -> work.state() instanceof Due(var at) && at.isBefore(Instant.MAX), 10))
                .extracting(work -> work.message().offset())
                .containsExactly(3L);
    }

    @Test
    void notMoreWaitsThanTheLimit() {
        var messages = IntStream.range(0, 100).mapToObj(i -> saved("k" + i, i)).toList();
        poll(messages);
        for (var work : backlog.ready(any -> true, 100)) {
            work.failed(Instant.EPOCH);
            work.moveTo(new Due(Instant.MAX));
        }

        assertThat(backlog.busy()).containsExactly(PARTITION);
        backlog.done(backlog.ready(any -> true, 1).getFirst());
        assertThat(backlog.busy()).isEmpty();
    }

    @Test
    void whatBelongsToSomebodyElseIsForgotten() {
        poll(List.of(saved("a", 0), saved("b", 1)));
        var work = backlog.ready(any -> true, 1).getFirst();

        backlog.forget(List.of(PARTITION));
        backlog.done(work);

        assertThat(backlog.busy()).isEmpty();
        assertThat(offsets.committable()).isEmpty();
    }

    @Test
    void doesNotHandleAgainWhatAnEarlierConsumerWasDoneWith() {
        offsets.restore(PARTITION, new OffsetAndMetadata(10, "1 done=2-3,20-29"), 50);

        poll(List.of(saved("a", 10), saved("b", 11), saved("c", 12), saved("d", 13), saved("e", 14)));
        var works = backlog.ready(work -> true, 10);

        assertThat(works).extracting(work -> work.message().offset()).containsExactly(10L, 11L, 14L);
        assertThat(offsets.committable()).as("it is committed already").isEmpty();

        backlog.done(works.get(0));
        backlog.done(works.get(2));
        assertThat(offsets.committable()).isEqualTo(upTo(11, "1 done=1-3,19-28"));

        backlog.done(works.get(1));
        assertThat(offsets.committable()).isEqualTo(upTo(15, "1 done=15-24"));
    }

    @Test
    void commitsAgainWhenOnlyTheDoneOffsetsChange() {
        poll(List.of(saved("a", 0), saved("b", 1), saved("c", 2)));
        var works = backlog.ready(work -> true, 10);
        backlog.done(works.get(1));
        offsets.committed(offsets.committable());

        backlog.done(works.get(2));

        assertThat(offsets.committable()).isEqualTo(upTo(0, "1 done=1-2"));
    }

    private void poll(List<ConsumerRecord<byte[], byte[]>> messages) {
        var next = messages.getLast().offset() + 1;
        backlog.add(new ConsumerRecords<>(Map.of(PARTITION, messages), Map.of(PARTITION, new OffsetAndMetadata(next))));
    }

    private static Map<TopicPartition, OffsetAndMetadata> upTo(long offset) {
        return upTo(offset, "");
    }

    private static Map<TopicPartition, OffsetAndMetadata> upTo(long offset, String metadata) {
        return Map.of(PARTITION, new OffsetAndMetadata(offset, metadata));
    }
}
