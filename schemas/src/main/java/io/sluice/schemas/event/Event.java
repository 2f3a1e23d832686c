package io.sluice.schemas.event;

/** The value of a record on a topic. */
public interface Event {
    /** {@return whether a record with this value may have this key} */
    boolean belongsUnder(String key);
}
