package io.sluice.runtime.engine;

import static io.sluice.runtime.RuntimeFailure.INVALID_KEY;
import static io.sluice.runtime.RuntimeFailure.KEY_MISMATCH;
import static io.sluice.runtime.RuntimeFailure.VERSION_MISSING;
import static io.sluice.runtime.Source.Version.HEADER;
import static io.sluice.runtime.Source.Version.POSITION;

import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.FailureCode;
import io.sluice.runtime.Received;
import io.sluice.runtime.Source;
import io.sluice.runtime.json.Decoded.Intact;
import io.sluice.runtime.json.Decoded.Unreadable;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.event.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;

/** Reads records of one source: checks their keys, finds their versions, decodes their values. */
final class RecordReader<E extends Event> {
    private final Source<E> source;
    private final String topic;
    private final JsonCodec codec;
    private final int epoch;

    /** @param topic the name of the source in this deployment; the records of other topics are retries */
    RecordReader(Source<E> source, String topic, JsonCodec codec, int epoch) {
        this.source = source;
        this.topic = topic;
        this.codec = codec;
        this.epoch = epoch;
    }

    /** The result of reading a record. */
    sealed interface Reading<E extends Event> {
        /** The record is for the handler. */
        record Entry<E extends Event>(Received<E> received) implements Reading<E> {}

        /** The record's key belongs on another partition; only there is the record's offset a version. */
        record Misplaced<E extends Event>(int partition) implements Reading<E> {}

        /** The record cannot be read, so the handler does not get it. */
        record Bad<E extends Event>(Fatal failure) implements Reading<E> {}
    }

    /** {@return the record's key and headers, decoded} */
    Envelope envelope(ConsumerRecord<byte[], byte[]> message) {
        return Envelope.of(message, versionOf(message), isRetry(message), epoch);
    }

    private boolean isRetry(ConsumerRecord<byte[], byte[]> message) {
        return !message.topic().equals(topic);
    }

    /** The position of a record says its version only on the source itself; a retry has it in a header. */
    private Source.Version versionOf(ConsumerRecord<byte[], byte[]> message) {
        return isRetry(message) ? HEADER : source.version();
    }

    /** @param partitions how many partitions the source topic has */
    Reading<E> read(Work work, int partitions) {
        var message = work.message();
        var envelope = work.envelope();
        var key = envelope.key();
        if (key == null) {
            return bad(INVALID_KEY, "the key is missing, blank or not UTF-8");
        }
        if (versionOf(message) == POSITION) {
            var home = Utils.toPositive(Utils.murmur2(message.key())) % partitions;
            if (home != message.partition()) {
                return new Reading.Misplaced<>(home);
            }
        }
        var version = envelope.version();
        if (version == null) {
            return bad(VERSION_MISSING, "the header x-entity-version is missing or not a number");
        }
        return message.value() == null
                ? new Reading.Entry<>(
                        new Received<>(key, null, version, envelope.jobId(), envelope.turn(), envelope.writtenAt()))
                : decode(message.value(), key, version, envelope);
    }

    private Reading<E> decode(byte[] value, String key, long version, Envelope envelope) {
        return switch (codec.decode(source.topic().type(), value)) {
            case Unreadable<E>(var failure) -> new Reading.Bad<>(failure);
            case Intact<E>(var event)
            when !event.belongsUnder(key) -> bad(KEY_MISMATCH, "the record's key is not the id in its value");
            case Intact<E>(var event) ->
                new Reading.Entry<>(
                        new Received<>(key, event, version, envelope.jobId(), envelope.turn(), envelope.writtenAt()));
        };
    }

    private static <E extends Event> Reading<E> bad(FailureCode code, String detail) {
        return new Reading.Bad<>(new Fatal(code, detail));
    }
}
