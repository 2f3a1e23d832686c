package io.sluice.runtime.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.runtime.Outcome.Emission;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.Received;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.schemas.wire.Headers;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Makes Kafka records of the events that a handler emits. Each gets the job id and the entity version of the handled
 * record in its headers, tombstones too.
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
    List<ProducerRecord<byte[], byte[]>> encode(List<Emission<?>> emissions, Received<?> from) {
        return emissions.stream().map(emission -> encode(emission, from)).toList();
    }

    private ProducerRecord<byte[], byte[]> encode(Emission<?> emission, Received<?> from) {
        if (!pipeline.targets().contains(emission.topic())) {
            throw new HandlerContractException(
                    pipeline.name(), "emitted to " + emission.topic().name() + ", which the pipeline does not name");
        }
        var event = emission.event();
        var message = new ProducerRecord<byte[], byte[]>(
                names.of(emission.topic()), emission.key().getBytes(UTF_8), event == null ? null : codec.encode(event));
        message.headers()
                .add(Headers.ENTITY_VERSION, Long.toString(from.version()).getBytes(UTF_8));
        if (from.jobId() != null) {
            message.headers().add(Headers.JOB_ID, from.jobId().getBytes(UTF_8));
        }
        return message;
    }
}
