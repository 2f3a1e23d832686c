package io.sluice.schemas;

/** The value of a record on a topic. */
public interface Event {
    /** {@return the key this event must be written under: its entity's id} */
    String key();
}
