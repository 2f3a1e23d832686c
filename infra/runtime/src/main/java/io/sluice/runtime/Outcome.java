package io.sluice.runtime;

import io.sluice.schemas.Topic;
import io.sluice.schemas.event.EntityEvent;
import io.sluice.schemas.event.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one record. */
public sealed interface Outcome {
    /** The work is done and durable; nothing goes on to another topic. */
    record Done() implements Outcome {}

    /** The work is done, and these events carry it on; the record counts as done once the broker has acked them. */
    record Emit(List<Emission<?>> emissions) implements Outcome {
        public Emit {
            emissions = List.copyOf(emissions);
        }
    }

    /** A newer version of the same entity was there first; there is nothing to do. */
    record Superseded() implements Outcome {}

    /** It could not be done. */
    record Failed(Failure failure) implements Outcome {}

    /**
     * One event for another topic. The job id and the entity version of the record it comes from travel with it.
     *
     * @param event null writes a tombstone
     */
    record Emission<E extends Event>(
            Topic<E> topic, String key, @Nullable E event) {}

    /** {@return the outcome of a record whose work is done} */
    static Outcome done() {
        return new Done();
    }

    /** {@return the outcome that passes one event on, under the event's own key} */
    static <E extends EntityEvent> Outcome emit(Topic<E> topic, E event) {
        return new Emit(List.of(new Emission<>(topic, event.key(), event)));
    }

    /** {@return the outcome that passes a deletion on} */
    static <E extends Event> Outcome emitTombstone(Topic<E> topic, String key) {
        return new Emit(List.of(new Emission<E>(topic, key, null)));
    }

    /** {@return the outcome of a record that came too late} */
    static Outcome superseded() {
        return new Superseded();
    }

    /** {@return the outcome of a record that could not be handled} */
    static Outcome failed(Failure failure) {
        return new Failed(failure);
    }
}
