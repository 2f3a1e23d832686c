package io.sluice.runtime;

import io.sluice.schemas.Topic;
import io.sluice.schemas.event.EntityEvent;
import io.sluice.schemas.event.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to one record in the handler. */
public sealed interface Outcome {
    /** The work is done and durable; the handler emits no events. */
    record Done() implements Outcome {}

    /**
     * The work is done, and these events pass the result to other topics. The record counts as done once the broker has
     * acked them.
     */
    record Emit(List<Emission<?>> emissions) implements Outcome {
        public Emit {
            emissions = List.copyOf(emissions);
        }
    }

    /**
     * The store already holds a newer version of the same entity; there is nothing to do with this one.
     *
     * @param emissions what to write because it came; usually nothing
     */
    record Superseded(List<Emission<?>> emissions) implements Outcome {
        public Superseded {
            emissions = List.copyOf(emissions);
        }
    }

    /** The record could not be handled. */
    record Failed(Failure failure) implements Outcome {}

    /**
     * One event for another topic. The runtime copies the job id, the entity version and the dead letter of the handled
     * record into its headers, and whether it is out of turn. An event about another version has that version only.
     *
     * @param event null writes a tombstone
     * @param version the version of the entity that the event is about; null when it is that of the handled record
     */
    record Emission<E extends Event>(
            Topic<E> topic,
            String key,
            @Nullable E event,
            @Nullable Long version) {
        /** An event about the version of the handled record. */
        public Emission(Topic<E> topic, String key, @Nullable E event) {
            this(topic, key, event, null);
        }
    }

    /** {@return the outcome of a record whose work is done} */
    static Outcome done() {
        return new Done();
    }

    /** {@return the outcome that emits one event, under the event's own key} */
    static <E extends EntityEvent> Outcome emit(Topic<E> topic, E event) {
        return new Emit(List.of(new Emission<>(topic, event.key(), event)));
    }

    /** {@return the outcome that emits a tombstone, which deletes the entity downstream} */
    static <E extends Event> Outcome emitTombstone(Topic<E> topic, String key) {
        return new Emit(List.of(new Emission<E>(topic, key, null)));
    }

    /** {@return the outcome of a record that is older than what the store holds} */
    static Outcome superseded() {
        return new Superseded(List.of());
    }

    /** {@return the outcome of a record that is older than what the store holds, and because of which this is written} */
    static Outcome superseded(Emission<?> emission) {
        return new Superseded(List.of(emission));
    }

    /** {@return the outcome of a record that could not be handled} */
    static Outcome failed(Failure failure) {
        return new Failed(failure);
    }
}
