package io.sluice.stores.objects;

import io.sluice.runtime.Dependency;
import io.sluice.schemas.wire.StoredObject;
import java.io.IOException;
import java.io.InputStream;

/** Where bytes are kept that do not travel in topics. Objects never change: no key is used for two contents. */
public interface ObjectStore extends Dependency {
    /** Makes an object's key of its content, such as {@code products/<sha256>}. */
    @FunctionalInterface
    interface KeyOfHash {
        /** {@return the key; the same hash may have several, and no key is for two hashes} */
        String of(String sha256);
    }

    /**
     * Stores bytes under a key that is made of their hash; does nothing when they are there already.
     *
     * @param bytes not copied, so not to be changed before this returns
     * @param contentType media type found by looking at the bytes
     * @return where they are, once the store has them
     */
    StoredObject put(KeyOfHash key, byte[] bytes, String contentType);

    /** As {@link #put(KeyOfHash, byte[], String)}, under {@code <folder>/<sha256>}. */
    default StoredObject put(String folder, byte[] bytes, String contentType) {
        return put(sha256 -> folder + "/" + sha256, bytes, contentType);
    }

    /** Most bytes of a stream that are held while it is stored: 8 MB. */
    int UPLOAD_MEMORY = 8 * 1024 * 1024;

    /**
     * Stores bytes as they come, holding {@link #UPLOAD_MEMORY} of them at most; what is shorter is held as a whole.
     *
     * @param key nobody has used before, such as {@code imports/<id>}; what is there under it stays
     * @param contentType media type found by looking at the first bytes
     * @param bytes not closed
     * @param atMost no more bytes than this will come; what is held is never more
     * @return where they are, with their hash and size, once the store has them
     * @throws IOException what the stream threw; nothing is stored then, nor when the store fails
     */
    StoredObject upload(String key, String contentType, InputStream bytes, long atMost) throws IOException;

    /** Removes an object that nobody was told of; does nothing when it is not there. */
    void delete(StoredObject object);

    /**
     * Fetches an object's bytes.
     *
     * @throws ObjectMissingException when the store does not have it
     * @throws ObjectTooLargeException when it has more than {@code maxBytes}, which is found out before they are read
     * @throws ObjectCorruptException when its bytes are not those its hash promises
     */
    byte[] get(StoredObject object, long maxBytes);

    /** The store is there, and the object is not. */
    final class ObjectMissingException extends RuntimeException {
        public ObjectMissingException(StoredObject object) {
            super("no object " + object.key() + " in bucket " + object.bucket());
        }
    }

    /** The object is larger than the caller wants to hold. */
    final class ObjectTooLargeException extends RuntimeException {
        public ObjectTooLargeException(StoredObject object, long size, long maxBytes) {
            super("object " + object.key() + " has " + size + " bytes, more than " + maxBytes);
        }
    }

    /** The object's bytes are not those its hash promises. */
    final class ObjectCorruptException extends RuntimeException {
        public ObjectCorruptException(StoredObject object) {
            super("object " + object.key() + " does not have the SHA-256 it was announced with");
        }
    }
}
