package io.sluice.gateway.admin.letters.intake;

import io.sluice.gateway.admin.letters.LetterTopics;
import io.sluice.runtime.json.Decoded;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.wire.Headers;
import io.sluice.stores.letters.LetterArrivals.Passed;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads from job events which records that were sent back have passed. It decodes only those that name a letter. */
@Singleton
final class PassedReader {
    private final LetterTopics topics;
    private final JsonCodec codec;

    PassedReader(LetterTopics topics, JsonCodec codec) {
        this.topics = topics;
        this.codec = codec;
    }

    Optional<Passed> read(ConsumerRecord<byte[], byte[]> message) {
        var header = new HeaderText(message).text(Headers.LETTER);
        if (header == null || message.value() == null) {
            return Optional.empty();
        }
        return topics.letter(header)
                .flatMap(letter -> event(message.value())
                        .filter(PassedReader::isGood)
                        .map(event -> new Passed(letter, event.at(), event.stage(), event.jobId())));
    }

    private Optional<JobEvent> event(byte[] value) {
        return codec.decode(JobEvent.class, value) instanceof Decoded.Intact<JobEvent>(var event)
                ? Optional.of(event)
                : Optional.empty();
    }

    private static boolean isGood(JobEvent event) {
        return switch (event.outcome()) {
            case PROCESSING, SUCCEEDED, SUPERSEDED -> true;
            case QUEUED, RETRYING, FAILED, DEAD, CANCELED -> false;
        };
    }
}
