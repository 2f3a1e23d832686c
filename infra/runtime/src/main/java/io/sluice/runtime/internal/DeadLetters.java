package io.sluice.runtime.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.runtime.internal.Fate.Buried;
import io.sluice.schemas.wire.Headers;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Makes dead letters: the record as it came, bytes and headers, and beside them where it comes from and why it failed.
 * Where it comes from is said once, by whoever met it first; why it failed is said anew each time, so that a record that
 * is redriven does not grow.
 *
 * @param topic where they go
 * @param group who gave the record up
 */
record DeadLetters(String topic, String group) {
    ProducerRecord<byte[], byte[]> letter(Work work, Buried fate) {
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
        replace(headers, Headers.ERROR_CLASS, fate.failure().code().name());
        replace(headers, Headers.ERROR_MESSAGE, brief(fate.failure().detail()));
        replace(headers, Headers.ATTEMPT, fate.attempts());
        replace(headers, Headers.FIRST_FAILED_AT, fate.firstFailedAt());
        replace(headers, Headers.CONSUMER_GROUP, group);
        headers.remove(Headers.ERROR_TYPE);
        var cause = fate.failure().cause();
        if (cause != null) {
            replace(headers, Headers.ERROR_TYPE, cause.getClass().getName());
        }
        return new ProducerRecord<>(topic, null, null, message.key(), message.value(), headers);
    }

    private static void first(RecordHeaders headers, String name, Object value) {
        if (headers.lastHeader(name) == null) {
            headers.add(name, value.toString().getBytes(UTF_8));
        }
    }

    private static void replace(RecordHeaders headers, String name, Object value) {
        headers.remove(name);
        headers.add(name, value.toString().getBytes(UTF_8));
    }

    /** One line, of the length headers allow. */
    private static String brief(String detail) {
        var line = detail.replaceAll("\\p{Cntrl}+", " ");
        if (line.length() <= Headers.MAX_ERROR_MESSAGE) {
            return line;
        }
        var cut = Headers.MAX_ERROR_MESSAGE - 1;
        return line.substring(0, Character.isHighSurrogate(line.charAt(cut - 1)) ? cut - 1 : cut) + "…";
    }
}
