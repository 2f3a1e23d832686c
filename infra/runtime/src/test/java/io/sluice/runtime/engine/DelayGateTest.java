package io.sluice.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.schemas.wire.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class DelayGateTest {
    private static final String RETRIES = "products.v1.embedder.retry-10s";
    private static final TopicPartition PARTITION = new TopicPartition(RETRIES, 0);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final MovableClock clock = new MovableClock();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final DelayGate gate = new DelayGate(consumer, "products.v1", clock);

    @Test
    void goesBackToTheFirstRecordThatIsNotDueAndWaitsForIt() {
        assign(PARTITION);
        var now = clock.instant();

        var due = gate.due(polled(List.of(retry(4, now), retry(5, now.plusSeconds(3)), retry(6, now))));

        assertThat(due).extracting(ConsumerRecord::offset).containsExactly(4L);
        assertThat(due.nextOffsets()).containsEntry(PARTITION, new OffsetAndMetadata(5));
        assertThat(consumer.position(PARTITION)).isEqualTo(5);
        assertThat(gate.shut()).containsExactly(PARTITION);
        assertThat(gate.atMost(LONG)).isEqualTo(Duration.ofSeconds(3));
        assertThat(gate.atMost(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));

        clock.advance(Duration.ofSeconds(3));
        assertThat(gate.atMost(LONG)).isZero();
        assertThat(gate.shut()).isEmpty();
        assertThat(gate.atMost(LONG)).isEqualTo(LONG);
    }

    @Test
    void whereNothingIsDueTheOffsetToCommitIsThatOfTheFirstRecord() {
        assign(PARTITION);

        var due = gate.due(polled(List.of(retry(4, clock.instant().plusSeconds(1)))));

        assertThat(due.isEmpty()).isTrue();
        assertThat(due.nextOffsets()).containsEntry(PARTITION, new OffsetAndMetadata(4));
    }

    @Test
    void recordsOfTheSourceNeverWait() {
        var source = new TopicPartition("products.v1", 0);
        assign(source);
        var later = Map.of(
                Headers.NOT_BEFORE, Long.toString(clock.instant().plusSeconds(9).toEpochMilli()));
        var message = Records.raw(new byte[] {1}, null, 0, later);

        var due = gate.due(
                new ConsumerRecords<>(Map.of(source, List.of(message)), Map.of(source, new OffsetAndMetadata(1))));

        assertThat(due).hasSize(1);
        assertThat(gate.shut()).isEmpty();
    }

    @Test
    void aTimeThatNobodyCanMeanIsNoTime() {
        assign(PARTITION);

        var due = gate.due(polled(List.of(
                Records.raw(RETRIES, 0, new byte[] {1}, null, 4, Map.of()),
                Records.raw(RETRIES, 0, new byte[] {1}, null, 5, Map.of(Headers.NOT_BEFORE, "soon")),
                retry(6, clock.instant().plus(Duration.ofDays(9))))));

        assertThat(due).hasSize(3);
    }

    @Test
    void forgetsWhatBelongsToAnotherConsumerNow() {
        assign(PARTITION);
        assertThat(gate.due(polled(List.of(retry(4, clock.instant().plusSeconds(1))))))
                .isEmpty();

        gate.forget(List.of(PARTITION));

        assertThat(gate.shut()).isEmpty();
        assertThat(gate.atMost(LONG)).isEqualTo(LONG);
    }

    private void assign(TopicPartition partition) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, 100);
    }

    private static ConsumerRecord<byte[], byte[]> retry(long offset, Instant notBefore) {
        return Records.raw(
                RETRIES,
                0,
                new byte[] {1},
                null,
                offset,
                Map.of(Headers.NOT_BEFORE, Long.toString(notBefore.toEpochMilli())));
    }

    private static ConsumerRecords<byte[], byte[]> polled(List<ConsumerRecord<byte[], byte[]>> messages) {
        var next = messages.getLast().offset() + 1;
        return new ConsumerRecords<>(Map.of(PARTITION, messages), Map.of(PARTITION, new OffsetAndMetadata(next)));
    }
}
