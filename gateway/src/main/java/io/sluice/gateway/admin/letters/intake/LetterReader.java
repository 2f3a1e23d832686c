package io.sluice.gateway.admin.letters.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.gateway.admin.letters.BriefText;
import io.sluice.gateway.admin.letters.LetterTopics;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.wire.Headers;
import io.sluice.stores.letters.FailedRecord;
import io.sluice.stores.letters.FailedRecord.Origin;
import io.sluice.stores.letters.FailedRecord.Reason;
import io.sluice.stores.letters.LetterId;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads from the headers of a dead letter what the desk notes of it. */
@Singleton
final class LetterReader {
    private static final int LONGEST_CODE = 100;
    private static final int LONGEST_MESSAGE = 2 * Headers.MAX_ERROR_MESSAGE;
    private static final String UNKNOWN = "UNKNOWN";

    private final LetterTopics topics;

    LetterReader(LetterTopics topics) {
        this.topics = topics;
    }

    FailedRecord read(ConsumerRecord<byte[], byte[]> message) {
        var headers = new HeaderText(message);
        var topic = topics.plain(message.topic());
        var pipeline = LetterTopics.processor(topic).orElse(UNKNOWN);
        var sentBackFrom = headers.text(Headers.LETTER);
        return new FailedRecord(
                new LetterId(topic, message.partition(), message.offset()),
                origin(message, headers, topic, pipeline),
                pipeline,
                message.key() == null ? null : BriefText.key(new String(message.key(), UTF_8)),
                new Reason(
                        headers.visible(Headers.ERROR_CLASS, UNKNOWN, LONGEST_CODE),
                        headers.visible(Headers.ERROR_MESSAGE, "the record does not say why", LONGEST_MESSAGE),
                        headers.small(Headers.ATTEMPT, 0)),
                headers.time(Headers.FIRST_FAILED_AT),
                headers.timestamp(),
                headers.small(Headers.REDRIVE_COUNT, 0),
                headers.text(Headers.ENTITY_VERSION) == null ? null : (Long) headers.number(Headers.ENTITY_VERSION, 0),
                jobId(headers.text(Headers.JOB_ID)),
                sentBackFrom == null ? null : topics.letter(sentBackFrom).orElse(null));
    }

    /** A record without the headers of its origin is its own origin. */
    private Origin origin(ConsumerRecord<byte[], byte[]> message, HeaderText headers, String topic, String pipeline) {
        return new Origin(
                topics.plain(headers.name(Headers.ORIG_TOPIC, topic)),
                headers.small(Headers.ORIG_PARTITION, message.partition()),
                headers.number(Headers.ORIG_OFFSET, message.offset()),
                topics.plain(headers.name(Headers.CONSUMER_GROUP, pipeline)));
    }

    private static @Nullable String jobId(@Nullable String text) {
        return JobEvent.isJobId(text) ? text : null;
    }
}
