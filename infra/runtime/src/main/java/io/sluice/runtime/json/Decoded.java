package io.sluice.runtime.json;

import io.sluice.runtime.Failure;
import io.sluice.schemas.event.Event;

/** The result of decoding bytes as an event. */
public sealed interface Decoded<E extends Event> {
    /** The bytes hold an event. */
    record Intact<E extends Event>(E event) implements Decoded<E> {}

    /** The bytes hold no event. The failure says in one line what is wrong and where, without quoting the content. */
    record Unreadable<E extends Event>(Failure.Fatal failure) implements Decoded<E> {}
}
