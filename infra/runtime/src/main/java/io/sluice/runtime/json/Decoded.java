package io.sluice.runtime.json;

import io.sluice.runtime.Failure;
import io.sluice.schemas.event.Event;

/** What became of bytes that were read as an event. */
public sealed interface Decoded<E extends Event> {
    /** They were one. */
    record Intact<E extends Event>(E event) implements Decoded<E> {}

    /** They were not; the failure says in one line what is wrong and where, without quoting them. */
    record Unreadable<E extends Event>(Failure.Fatal failure) implements Decoded<E> {}
}
