package io.sluice.runtime.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.runtime.Failure;
import io.sluice.runtime.engine.Fate.Buried;
import io.sluice.runtime.engine.Fate.Delayed;
import io.sluice.schemas.text.VisibleText;
import io.sluice.schemas.wire.Headers;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Makes dead letters, and the records of retry topics. Both have the bytes and the headers of the record, and headers
 * that say where the record comes from and why it failed. The headers of origin are written once, at the first failure,
 * and then kept. The headers of failure are replaced at every failure, so a record that is sent again does not grow.
 *
 * @param topic the dead-letter topic
 * @param group the consumer group that gave the record up
 */
record DeadLetters(String topic, String group) {
    /** {@return the dead letter of a record that is given up} */
    ProducerRecord<byte[], byte[]> letter(Work work, Buried fate) {
        return failed(topic, work, fate.failure(), fate.attempts(), fate.firstFailedAt());
    }

    /** {@return the record that waits in a retry topic} */
    ProducerRecord<byte[], byte[]> retry(Work work, Delayed fate) {
        var retry = failed(fate.to().topic(), work, fate.failure(), fate.attempts(), fate.firstFailedAt());
        replace(retry.headers(), Headers.NOT_BEFORE, fate.notBefore().toEpochMilli());
        return retry;
    }

    private ProducerRecord<byte[], byte[]> failed(
            String target, Work work, Failure failure, int attempts, Instant firstFailedAt) {
        var message = work.message();
        var headers = new RecordHeaders(message.headers());
        first(headers, Headers.ORIG_TOPIC, message.topic());
        first(headers, Headers.ORIG_PARTITION, message.partition());
        first(headers, Headers.ORIG_OFFSET, message.offset());
        first(headers, Headers.ORIG_TIMESTAMP, message.timestamp());
        first(headers, Headers.REDRIVE_COUNT, 0);
        var version = work.envelope().version();
        if (version != null) {
            replace(headers, Headers.ENTITY_VERSION, version);
        }
        replace(headers, Headers.ERROR_CLASS, failure.code().name());
        replace(headers, Headers.ERROR_MESSAGE, brief(failure.detail()));
        replace(headers, Headers.ATTEMPT, attempts);
        replace(headers, Headers.FIRST_FAILED_AT, firstFailedAt);
        replace(headers, Headers.CONSUMER_GROUP, group);
        headers.remove(Headers.NOT_BEFORE);
        headers.remove(Headers.ERROR_TYPE);
        var cause = failure.cause();
        if (cause != null) {
            replace(headers, Headers.ERROR_TYPE, cause.getClass().getName());
        }
        return new ProducerRecord<>(target, null, null, message.key(), message.value(), headers);
    }

    private static void first(RecordHeaders headers, String name, Object value) {
        if (headers.lastHeader(name) == null) {
            headers.add(name, value.toString().getBytes(UTF_8));
        }
    }

    private static void replace(org.apache.kafka.common.header.Headers headers, String name, Object value) {
        headers.remove(name);
        headers.add(name, value.toString().getBytes(UTF_8));
    }

    /** Makes one visible line of the detail and cuts it to the length that the header allows. */
    private static String brief(String detail) {
        var line = VisibleText.oneLine(detail);
        if (line.length() <= Headers.MAX_ERROR_MESSAGE) {
            return line;
        }
        var cut = Headers.MAX_ERROR_MESSAGE - 1;
        return line.substring(0, Character.isHighSurrogate(line.charAt(cut - 1)) ? cut - 1 : cut) + "…";
    }
}
