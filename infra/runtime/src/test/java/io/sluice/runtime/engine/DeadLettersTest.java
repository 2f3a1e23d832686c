package io.sluice.runtime.engine;

import static io.sluice.runtime.RuntimeFailure.UNDECODABLE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.RetryPolicy.Tier;
import io.sluice.runtime.engine.RetryPlan.Hop;
import io.sluice.schemas.wire.EntityVersion;
import io.sluice.schemas.wire.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final DeadLetters letters = new DeadLetters("products.v1.embedder.dlq", "embedder");

    @Test
    void aRedrivenRecordKeepsWhereItCameFromAndDoesNotGrow() {
        var first = letter(Records.raw(new byte[] {1}, new byte[] {2}, 7, Map.of()), "first", NOW);
        var again = new HashMap<>(headers(first));
        again.put(Headers.REDRIVE_COUNT, "1");

        var second = letter(
                Records.raw("products.v1.embedder.retry-10s", 0, first.key(), first.value(), 99, again),
                "second",
                NOW.plusSeconds(60));

        assertThat(headers(second))
                .hasSameSizeAs(headers(first))
                .containsAllEntriesOf(Map.of(
                        Headers.ORIG_TOPIC, "products.v1",
                        Headers.ORIG_OFFSET, "7",
                        Headers.FIRST_FAILED_AT, NOW.toString(),
                        Headers.REDRIVE_COUNT, "1",
                        Headers.ATTEMPT, "2",
                        Headers.ERROR_MESSAGE, "second"));
        assertThat(second.headers().toArray()).hasSameSizeAs(first.headers().toArray());
    }

    @Test
    void aRecordThatWaitsSaysUntilWhenAndItsLetterDoesNot() {
        var work = Records.work(Records.saved("p", 7));
        work.failed(NOW);
        var to = new Hop("products.v1.embedder.retry-10s", new Tier("retry-10s", Duration.ofSeconds(10)));

        var waiting = letters.retry(work, work.delayed(new Fatal(UNDECODABLE, "no"), to, NOW.plusSeconds(10)));

        assertThat(waiting.topic()).isEqualTo("products.v1.embedder.retry-10s");
        assertThat(waiting.partition()).as("that of its key").isNull();
        assertThat(waiting.value()).isEqualTo(work.message().value());
        assertThat(headers(waiting))
                .containsAllEntriesOf(Map.of(
                        Headers.NOT_BEFORE, Long.toString(NOW.plusSeconds(10).toEpochMilli()),
                        Headers.ENTITY_VERSION, Long.toString(EntityVersion.of(1, 7)),
                        Headers.ATTEMPT, "1",
                        Headers.CONSUMER_GROUP, "embedder",
                        Headers.ORIG_OFFSET, "7"));
        var read = Records.raw(waiting.topic(), 2, waiting.key(), waiting.value(), 0, headers(waiting));
        assertThat(headers(letter(read, "still no", NOW.plusSeconds(11))))
                .doesNotContainKey(Headers.NOT_BEFORE)
                .containsAllEntriesOf(Map.of(
                        Headers.ENTITY_VERSION, Long.toString(EntityVersion.of(1, 7)),
                        Headers.ATTEMPT, "2",
                        Headers.FIRST_FAILED_AT, NOW.toString(),
                        Headers.ORIG_TOPIC, "products.v1",
                        Headers.ORIG_OFFSET, "7"));
    }

    @Test
    void theReasonIsOneLineOfAtMost512Characters() {
        var long1 = letter(Records.saved("p", 0), "line\nbreak and " + "\ud83d\ude00".repeat(400), NOW);

        var reason = headers(long1).getOrDefault(Headers.ERROR_MESSAGE, "");
        assertThat(reason).startsWith("line break and ").endsWith("…").doesNotContain("?");
        assertThat(reason.length()).isBetween(500, Headers.MAX_ERROR_MESSAGE);
    }

    @Test
    void theReasonShowsHiddenCharacters() {
        var letter = letter(Records.saved("p", 0), "key 'a\u001b[2J\u202eb\u2028\u0000' is not known", NOW);

        assertThat(headers(letter))
                .containsEntry(Headers.ERROR_MESSAGE, "key 'a\\u001b[2J\\u202eb\\u2028\\u0000' is not known");
    }

    private ProducerRecord<byte[], byte[]> letter(ConsumerRecord<byte[], byte[]> message, String reason, Instant at) {
        var work = Records.work(message);
        work.failed(at);
        return letters.letter(work, work.buried(new Fatal(UNDECODABLE, reason)));
    }

    private static Map<String, String> headers(ProducerRecord<byte[], byte[]> message) {
        var all = new HashMap<String, String>();
        StreamSupport.stream(message.headers().spliterator(), false)
                .forEach(header -> all.put(header.key(), new String(header.value(), UTF_8)));
        return all;
    }
}
