package io.sluice.schemas.event;

/** An event that names its own key: the id of the entity it is about. */
public interface EntityEvent extends Event {
    /** {@return the key of its record: the id of its entity} */
    String key();

    @Override
    default boolean belongsUnder(String key) {
        return key().equals(key);
    }
}
