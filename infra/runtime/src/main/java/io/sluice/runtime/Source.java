package io.sluice.runtime;

import io.sluice.schemas.Topic;
import io.sluice.schemas.event.Event;

/**
 * Where a pipeline reads new records. Pipelines read a topic of the catalogue. A pipeline's retry topics are no sources:
 * they hold records of this one, and their versions are always in the header.
 *
 * @param topic the catalogue topic whose records the source holds; it decides how values are decoded, and how the
 *     dead-letter topic is called
 * @param name the topic to read, without the deployment's prefix; when it is not the name of {@code topic}, the topic
 *     must already exist
 * @param version how the version of a record is found
 * @param movesRecords whether the pipeline moves a record to the partition of its key. When several pipelines read a
 *     topic, one of them does; the others leave the record, and handle it when it has been moved
 */
public record Source<E extends Event>(Topic<E> topic, String name, Version version, boolean movesRecords) {
    /** How the version of a record is found. */
    public enum Version {
        /**
         * By the record's offset. A key must then be on its murmur2 partition, because only there do the key's offsets
         * have an order.
         */
        POSITION,
        /** By the header {@code x-entity-version}. The record's partition says nothing about its version. */
        HEADER,
    }

    /**
     * {@return a topic of the catalogue as a source; the offsets of a canonical topic are versions, those of a derived
     * topic are not}
     */
    public static <E extends Event> Source<E> of(Topic<E> topic) {
        return new Source<>(topic, topic.name(), topic.isCanonical() ? Version.POSITION : Version.HEADER, true);
    }

    /** {@return a topic of the catalogue, of which another pipeline moves the records} */
    public static <E extends Event> Source<E> besidesItsMover(Topic<E> topic) {
        var own = of(topic);
        return new Source<>(own.topic(), own.name(), own.version(), false);
    }
}
