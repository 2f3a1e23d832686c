package io.sluice.stores.photo;

import io.sluice.runtime.Dependency;
import io.sluice.schemas.photo.PhotoFaces;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.schemas.photo.PreparedPhoto;
import io.sluice.schemas.wire.StoredObject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The newest version of every photo. Its entries come from two topics, in any order and several times: the row is the
 * same in the end. The version of a photo never decreases.
 */
public interface PhotoLedger extends Dependency {
    /** The channel of Postgres on which the ledger says whose photos have changed. The payload is the owner. */
    String CHANGED = "sluice_photos";

    /** One record about a photo. */
    sealed interface Entry {
        /** {@return the id of the photo} */
        String photoId();

        /** {@return the version of the photo that the record is about} */
        long version();
    }

    /**
     * A photo was uploaded.
     *
     * @param at when its record was written
     */
    record Uploaded(PhotoSaved photo, long version, Instant at) implements Entry {
        @Override
        public String photoId() {
            return photo.photoId();
        }
    }

    /**
     * A photo was prepared.
     *
     * @param at when its record was written
     */
    record Prepared(PreparedPhoto photo, long version, Instant at) implements Entry {
        @Override
        public String photoId() {
            return photo.photo().photoId();
        }
    }

    /**
     * The faces of a photo were found.
     *
     * @param at when its record was written
     */
    record Recognized(PhotoFaces faces, long version, Instant at) implements Entry {
        @Override
        public String photoId() {
            return faces.photoId();
        }
    }

    /**
     * A photo was deleted.
     *
     * @param at when its record was written
     */
    record Deleted(String photoId, long version, Instant at) implements Entry {}

    /**
     * Writes a batch in one transaction. The same transaction notes the objects to remove: those that an entry or a
     * former row named, and that the row does not name now. It also notifies {@link #CHANGED} of each owner whose
     * photos have changed, and of each user whose face matches one in these photos.
     *
     * @return the entries that are older than the ledger's version of their photo
     */
    Set<Entry> save(List<Entry> entries);

    /** {@return the rows of those of these photos that are known, deleted ones too, by id} */
    Map<String, PhotoRow> find(Collection<String> photoIds);

    /** {@return the photo; empty when it is unknown or deleted} */
    Optional<PhotoRow> find(String photoId);

    /**
     * {@return the ids of an owner's photos that follow {@code after}, in their order}
     *
     * @param after null for the first page
     */
    List<String> ofOwner(String owner, @Nullable String after, int limit);

    /**
     * {@return the ids of all photos that follow {@code after}, in their order}
     *
     * @param after null for the first page
     */
    List<String> all(@Nullable String after, int limit);

    /** {@return objects to remove that are due, those that have been due longest at the beginning} */
    List<Removal> toRemove(int limit);

    /** Forgets objects that the object store has removed, unless they were noted again meanwhile. */
    void removed(Collection<Removal> removals);

    /**
     * Lets objects wait that the object store has not removed, and counts the attempt.
     *
     * @param until when each of them is due again
     */
    void postpone(Map<Removal, Instant> until);

    /** {@return when this database began to hold photos; the records of older objects may never have come here} */
    Instant since();

    /**
     * Notes those of these objects to remove that no photo names. A preview or a thumbnail is found by the key of its
     * original, with which its own key begins: {@code <original>.preview-<hash>}.
     *
     * @return how many were noted
     */
    int noteUnnamed(Collection<ObjectKey> objects);

    /** Notes those of these selfies to remove that no enrolment names. {@return how many were noted} */
    int noteUnnamedSelfies(Collection<ObjectKey> selfies);

    /**
     * An object to remove.
     *
     * @param dueAt when it was noted, or until when it waits
     * @param attempts how often the object store did not remove it, since it was noted
     */
    record Removal(ObjectKey object, Instant dueAt, int attempts) {}

    /** Where an object is. The key of a preview or a thumbnail is that of its original with an ending. */
    record ObjectKey(String bucket, String key) {
        /** With this begin the keys of photos, and of the pictures that are made of them. */
        public static final String PHOTOS = "photos/";

        /** With this begin the keys of selfies. */
        public static final String SELFIES = "faces/";

        private static final Pattern PICTURE = Pattern.compile("[.](preview|thumbnail)-[0-9a-f]+$");

        /** {@return where this object is} */
        public static ObjectKey of(StoredObject object) {
            return new ObjectKey(object.bucket(), object.key());
        }

        /** {@return whether this is a picture that was made of a photo} */
        public boolean isPicture() {
            return PICTURE.matcher(key).find();
        }

        /** {@return the beginning of the keys of all pictures that were made of this original} */
        public String pictures() {
            return key + ".";
        }
    }
}
