package io.sluice.runtime.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.runtime.Outcome.Emission;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.Received.Turn;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.wire.Headers;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes Kafka records of the events that a handler emits. Each gets the job id, the entity version and the dead letter of
 * the handled record in its headers, and whether that record was out of turn; tombstones too. An event about another
 * version of the entity gets that version only.
 */
final class Emissions {
    private final Pipeline<?> pipeline;
    private final JsonCodec codec;
    private final TopicNames names;

    Emissions(Pipeline<?> pipeline, JsonCodec codec, TopicNames names) {
        this.pipeline = pipeline;
        this.codec = codec;
        this.names = names;
    }

    /** @throws IllegalArgumentException when an event cannot be written as JSON */
    List<ProducerRecord<byte[], byte[]>> encode(List<Emission<?>> emissions, Envelope from) {
        return emissions.stream().map(emission -> encode(emission, from)).toList();
    }

    private ProducerRecord<byte[], byte[]> encode(Emission<?> emission, Envelope from) {
        if (!pipeline.targets().contains(emission.topic())) {
            throw new HandlerContractException(
                    pipeline.name(), "emitted to " + emission.topic().name() + ", which the pipeline does not name");
        }
        var event = emission.event() instanceof JobEvent step ? step.redrivenFrom(from.letter()) : emission.event();
        var message = new ProducerRecord<byte[], byte[]>(
                names.of(emission.topic()), emission.key().getBytes(UTF_8), event == null ? null : codec.encode(event));
        if (emission.version() != null) {
            header(message, Headers.ENTITY_VERSION, emission.version());
            return message;
        }
        header(message, Headers.ENTITY_VERSION, from.version());
        header(message, Headers.JOB_ID, from.jobId());
        header(message, Headers.LETTER, from.letter());
        if (from.turn() != Turn.IN_ORDER) {
            header(message, Headers.OUT_OF_TURN, true);
        }
        return message;
    }

    private static void header(ProducerRecord<byte[], byte[]> message, String name, @Nullable Object value) {
        if (value != null) {
            message.headers().add(name, value.toString().getBytes(UTF_8));
        }
    }
}
