package io.sluice.indexer.photo;

import io.sluice.runtime.Received;
import io.sluice.schemas.event.Event;
import io.sluice.schemas.photo.PhotoFaces;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.schemas.photo.PreparedPhoto;
import io.sluice.stores.photo.PhotoLedger.Deleted;
import io.sluice.stores.photo.PhotoLedger.Entry;
import io.sluice.stores.photo.PhotoLedger.Prepared;
import io.sluice.stores.photo.PhotoLedger.Recognized;
import io.sluice.stores.photo.PhotoLedger.Uploaded;

/** Makes the entry in the ledger of a record. A record without a value deletes its photo. */
@FunctionalInterface
interface PhotoEntries<E extends Event> {
    Entry of(Received<E> received);

    static Entry uploaded(Received<PhotoSaved> received) {
        var photo = received.event();
        return photo == null ? deleted(received) : new Uploaded(photo, received.version(), received.writtenAt());
    }

    static Entry prepared(Received<PreparedPhoto> received) {
        var photo = received.event();
        return photo == null ? deleted(received) : new Prepared(photo, received.version(), received.writtenAt());
    }

    static Entry recognized(Received<PhotoFaces> received) {
        var photo = received.event();
        return photo == null ? deleted(received) : new Recognized(photo, received.version(), received.writtenAt());
    }

    private static Deleted deleted(Received<?> received) {
        return new Deleted(received.key(), received.version(), received.writtenAt());
    }
}
