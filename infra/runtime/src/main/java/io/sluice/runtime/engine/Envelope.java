package io.sluice.runtime.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.runtime.Received.Turn;
import io.sluice.runtime.Source.Version;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.wire.EntityVersion;
import io.sluice.schemas.wire.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record's key and the headers that the runtime uses, decoded once, when the record is polled.
 *
 * @param key the entity's id; null when it is missing, blank or not UTF-8
 * @param version the entity's version; null when a derived record has no header with a readable version
 * @param jobId null when no job belongs to the record
 * @param attempts how many attempts the record had before this consumer read it, from a retry topic or by a redrive
 * @param firstFailedAt when it failed first; null when it has not failed before
 * @param turn whether newer records of its key may have passed it
 * @param writtenAt when the record was written; for a retry, when its original was
 * @param letter the dead letter that it was sent back from; null when it was not
 */
record Envelope(
        @Nullable String key,
        @Nullable Long version,
        @Nullable String jobId,
        int attempts,
        @Nullable Instant firstFailedAt,
        Turn turn,
        Instant writtenAt,
        @Nullable String letter) {
    private static final Pattern ATTEMPTS = Pattern.compile("[0-9]{1,6}");
    private static final Pattern MILLISECONDS = Pattern.compile("[0-9]{1,14}");

    /**
     * Decodes a record's key and headers.
     *
     * @param where how its version is found
     * @param isRetry whether it comes from a retry topic
     */
    static Envelope of(ConsumerRecord<byte[], byte[]> message, Version where, boolean isRetry, int epoch) {
        var version = switch (where) {
            case POSITION -> (Long) EntityVersion.of(epoch, message.offset());
            case HEADER -> versionOf(message);
        };
        return new Envelope(
                keyOf(message),
                version,
                jobIdOf(message),
                attemptsOf(message),
                firstFailedAtOf(message),
                turnOf(message, isRetry),
                writtenAtOf(message),
                header(message, Headers.LETTER));
    }

    private static Turn turnOf(ConsumerRecord<byte[], byte[]> message, boolean isRetry) {
        if (isRetry) {
            return Turn.WAITED;
        }
        return "true".equals(header(message, Headers.OUT_OF_TURN)) ? Turn.MADE_LATE : Turn.IN_ORDER;
    }

    private static @Nullable String keyOf(ConsumerRecord<byte[], byte[]> message) {
        var key = message.key() == null ? null : text(message.key());
        return key == null || key.isBlank() ? null : key;
    }

    private static @Nullable Long versionOf(ConsumerRecord<byte[], byte[]> message) {
        var text = header(message, Headers.ENTITY_VERSION);
        try {
            return text == null ? null : (Long) Long.parseUnsignedLong(text, 10);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Ignores an id that a job event cannot hold: a bad job id must not stop the record. */
    private static @Nullable String jobIdOf(ConsumerRecord<byte[], byte[]> message) {
        var text = header(message, Headers.JOB_ID);
        return JobEvent.isJobId(text) ? text : null;
    }

    private static int attemptsOf(ConsumerRecord<byte[], byte[]> message) {
        var text = header(message, Headers.ATTEMPT);
        return text == null || !ATTEMPTS.matcher(text).matches() ? 0 : Integer.parseInt(text);
    }

    private static Instant writtenAtOf(ConsumerRecord<byte[], byte[]> message) {
        var original = header(message, Headers.ORIG_TIMESTAMP);
        var isKnown = original != null && MILLISECONDS.matcher(original).matches();
        return Instant.ofEpochMilli(isKnown ? Long.parseLong(original) : Math.max(0, message.timestamp()));
    }

    private static @Nullable Instant firstFailedAtOf(ConsumerRecord<byte[], byte[]> message) {
        var text = header(message, Headers.FIRST_FAILED_AT);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    static @Nullable String header(ConsumerRecord<byte[], byte[]> message, String name) {
        var header = message.headers().lastHeader(name);
        return header == null || header.value() == null ? null : text(header.value());
    }

    private static @Nullable String text(byte[] utf8) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
