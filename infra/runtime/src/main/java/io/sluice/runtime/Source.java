package io.sluice.runtime;

import io.sluice.schemas.Topic;
import io.sluice.schemas.event.Event;

/**
 * Where a pipeline reads from. Most read a topic of the catalogue. A retry topic is another source: it holds records of a
 * catalogue topic, under a name of its own, and its positions mean nothing.
 *
 * @param topic whose records they are: says how values are read, and how the dead letters are called
 * @param name the topic to read, without the deployment's prefix; unless it is {@code topic}'s own, it must exist already
 * @param version what says how new a record is
 */
public record Source<E extends Event>(Topic<E> topic, String name, Version version) {
    /** What says how new a record is. */
    public enum Version {
        /** The record's position. A key must then be on its murmur2 partition, where its positions are in order. */
        POSITION,
        /** The header {@code x-entity-version}. The record's partition means nothing. */
        HEADER,
    }

    /** {@return the topic itself as a source: a canonical topic's positions are versions, a derived topic's are not} */
    public static <E extends Event> Source<E> of(Topic<E> topic) {
        return new Source<>(topic, topic.name(), topic.isCanonical() ? Version.POSITION : Version.HEADER);
    }
}
