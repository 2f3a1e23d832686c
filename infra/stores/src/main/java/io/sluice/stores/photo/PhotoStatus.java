package io.sluice.stores.photo;

import java.util.Locale;

/** How far the work on a photo is. Callers see the names in lower case; they are contract. */
public enum PhotoStatus {
    /** The photo is stored, and its preview and thumbnail are still to be made. */
    QUEUED,
    /** The preview and the thumbnail are stored. */
    PREPARED,
    /** The preview and the thumbnail are stored, and the faces in the photo are known. */
    RECOGNIZED,
    /** The photo could not be prepared, or its faces could not be found; its job and its dead letter say why. */
    FAILED;

    /** {@return the name that callers see} */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
