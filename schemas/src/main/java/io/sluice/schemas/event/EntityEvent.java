package io.sluice.schemas.event;

/** An event that names its own key: the id of the entity it is about. */
public interface EntityEvent extends Event {
    /** {@return the key this event must be written under: its entity's id} */
    String key();

    @Override
    default boolean belongsUnder(String key) {
        return key().equals(key);
    }
}
