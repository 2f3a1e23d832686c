package io.sluice.runtime.engine;

import static io.sluice.runtime.engine.Records.saved;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OffsetsTest {
    private static final TopicPartition PARTITION = new TopicPartition("products.v1", 0);

    private Offsets offsets = new Offsets("one");

    @Test
    void aRecordThatWasAloneInFlightInTwoUncleanEndsIsTheCause() {
        var works = read(10, 3);
        offsets.begin(works);
        assertThat(commit()).isEqualTo("1 run=one left=3 until=3");

        var second = crashedInto("two", 13);
        assertThat(second).allMatch(offsets::isSuspect).noneMatch(offsets::isConvicted);
        finishAlone(second.getFirst());
        offsets.beginAlone(second.get(1));
        assertThat(commit()).isEqualTo("1 run=two left=2 until=2 alone=0");

        var third = crashedInto("three", 13);
        assertThat(third).allMatch(offsets::isSuspect).noneMatch(offsets::isConvicted);
        offsets.beginAlone(third.getFirst());
        assertThat(commit()).isEqualTo("1 run=three left=2 until=2 alone=0 ends=0:1");

        var fourth = crashedInto("four", 13);
        assertThat(fourth).filteredOn(offsets::isConvicted).containsExactly(fourth.getFirst());
        finishAlone(fourth.get(0));
        finishAlone(fourth.get(1));
        offsets.clean(List.of(PARTITION));
        assertThat(offsets.hasSuspects()).isFalse();
        assertThat(commit()).isEmpty();
    }

    @Test
    void aCleanEndCountsForNothing() {
        offsets.begin(read(10, 3));
        offsets.clean(List.of(PARTITION));
        assertThat(commit()).isEmpty();

        assertThat(crashedInto("two", 13)).noneMatch(offsets::isSuspect);
    }

    @Test
    void whatIsNotFoundOutBeforeACleanEndIsHandedOn() {
        offsets.begin(read(10, 3));
        commit();
        var second = crashedInto("two", 13);
        offsets.beginAlone(second.getFirst());
        commit();
        crashedInto("three", 13);

        offsets.clean(List.of(PARTITION));
        assertThat(commit()).isEqualTo("1 left=3 until=3 ends=0:1");

        assertThat(crashedInto("four", 13)).allMatch(offsets::isSuspect).noneMatch(offsets::isConvicted);
    }

    @Test
    void aRecordThatMadeProgressIsNeverTheCause() {
        var works = read(10, 1);
        offsets.begin(works);
        offsets.madeProgress(works);
        assertThat(commit()).isEqualTo("1 run=one left=1 until=1 ends=0:0");

        for (var process : List.of("two", "three", "four")) {
            var work = crashedInto(process, 11).getFirst();
            assertThat(offsets.isConvicted(work)).isFalse();
            offsets.beginAlone(work);
            commit();
        }
    }

    @Test
    void aPartitionThatTheSameProcessGetsBackHasNoSuspects() {
        offsets.begin(read(10, 3));
        commit();

        assertThat(crashedInto("one", 13)).noneMatch(offsets::isSuspect);
    }

    @Test
    void whatWasWrittenAfterTheEndWasNotInFlight() {
        offsets.begin(read(10, 1));
        commit();
        offsets.done(PARTITION, 10);
        offsets.idle(50);
        assertThat(commit()).isEqualTo("1 run=one left=50");

        crashedInto("two", 11);
        assertThat(offsets.hasSuspects()).isFalse();
        assertThat(read(11, 3)).noneMatch(offsets::isSuspect);
    }

    @Test
    void aBatchThatTheLastCommitCoversNeedsNoCommit() {
        var first = read(10, 2);
        offsets.begin(first);
        commit();
        offsets.done(PARTITION, 10);
        offsets.done(PARTITION, 11);
        offsets.idle(50);
        commit();

        var next = read(12, 3);
        offsets.begin(next);

        assertThat(offsets.areNoted(next)).isTrue();
        assertThat(offsets.hasProgress()).isFalse();
    }

    private List<Work> read(long from, int count) {
        var works = IntStream.range(0, count)
                .mapToObj(i -> Records.work(saved("p", from + i)))
                .toList();
        works.forEach(work -> offsets.opened(PARTITION, work.message().offset()));
        offsets.readUpTo(PARTITION, from + count);
        return works;
    }

    private void finishAlone(Work work) {
        offsets.beginAlone(work);
        commit();
        offsets.done(PARTITION, work.message().offset());
    }

    private String commit() {
        var commit = offsets.committable();
        offsets.committed(commit);
        lastCommit = Objects.requireNonNull(commit.get(PARTITION), "nothing to commit");
        return lastCommit.metadata();
    }

    private OffsetAndMetadata lastCommit = new OffsetAndMetadata(0);

    /** Another process gets the partition, after this one ended without a word, and reads it to its end. */
    private List<Work> crashedInto(String process, long end) {
        offsets = new Offsets(process);
        offsets.restore(PARTITION, lastCommit, end);
        return read(lastCommit.offset(), (int) (end - lastCommit.offset()));
    }
}
