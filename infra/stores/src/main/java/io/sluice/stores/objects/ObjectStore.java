package io.sluice.stores.objects;

import io.sluice.runtime.Dependency;
import io.sluice.schemas.wire.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps bytes that are too large for topics. Objects never change: a key is never used for two contents. */
public interface ObjectStore extends Dependency {
    /** Makes the key of an object from the hash of its content, such as {@code products/<sha256>}. */
    @FunctionalInterface
    interface KeyOfHash {
        /** Returns the key. One hash may have several keys, but two hashes never share a key. */
        String of(String sha256);
    }

    /**
     * Stores bytes under a key made from their hash. Does nothing when the object exists already.
     *
     * @param bytes not copied; they must not change before this returns
     * @param contentType media type, detected from the bytes
     * @return a reference to the object, once the store has it
     */
    StoredObject put(KeyOfHash key, byte[] bytes, String contentType);

    /**
     * Like {@link #put(KeyOfHash, byte[], String)}, for a caller that knows the hash of the bytes, so that they are not
     * hashed twice.
     */
    default StoredObject putHashed(String key, String sha256, byte[] bytes, String contentType) {
        return put(_ -> key, bytes, contentType);
    }

    /** Like {@link #put(KeyOfHash, byte[], String)}, with the key {@code <folder>/<sha256>}. */
    default StoredObject put(String folder, byte[] bytes, String contentType) {
        return put(sha256 -> folder + "/" + sha256, bytes, contentType);
    }

    /** How many bytes of a stream are in memory at most while it is stored: 8 MB. */
    int UPLOAD_MEMORY = 8 * 1024 * 1024;

    /**
     * Stores a stream, with at most {@link #UPLOAD_MEMORY} bytes of it in memory at a time.
     *
     * @param key a key that was never used before, such as {@code imports/<id>}; an existing object under it stays as
     *     it is
     * @param contentType media type, detected from the first bytes
     * @param bytes not closed
     * @param atMost the stream has no more bytes than this; bounds the memory that is used
     * @return a reference with hash and size, once the store has the whole object
     * @throws IOException when the stream throws it. Nothing is stored then, nor when the store fails
     */
    StoredObject upload(String key, String contentType, InputStream bytes, long atMost) throws IOException;

    /** Removes an object. Does nothing when it does not exist. Only for an object that no event refers to. */
    default void delete(StoredObject object) {
        delete(object.bucket(), object.key());
    }

    /** Removes an object. Does nothing when it does not exist. */
    void delete(String bucket, String key);

    /** An object that the store has, and when it was stored. */
    record Listed(String bucket, String key, Instant storedAt) {}

    /**
     * {@return the objects whose keys begin with {@code prefix} and follow {@code after}, in the order of their keys;
     * fewer than {@code limit} only at the end}
     *
     * @param after null for the first page
     * @param limit 1 to 1000
     */
    List<Listed> list(String prefix, @Nullable String after, int limit);

    /**
     * Fetches the bytes of an object.
     *
     * @throws ObjectMissingException when the store does not have it
     * @throws ObjectTooLargeException when it has more than {@code maxBytes}; checked before its bytes are read
     * @throws ObjectCorruptException when its bytes do not have the SHA-256 of the reference
     */
    byte[] get(StoredObject object, long maxBytes);

    /**
     * Fetches a part of an object. Its bytes are not compared with the SHA-256 of the reference.
     *
     * @param first position of the first byte, from 0
     * @param length number of bytes, at least 1; by its reference, the object has them all
     * @throws ObjectMissingException when the store does not have the object
     * @throws ObjectCorruptException when the object does not have the size of the reference
     */
    byte[] getPart(StoredObject object, long first, int length);

    /** {@inheritDoc} Throws what the other calls throw. */
    @Override
    void probe();

    /** The store answers, but does not have the object. */
    final class ObjectMissingException extends RuntimeException {
        public ObjectMissingException(StoredObject object) {
            super("no object " + object.key() + " in bucket " + object.bucket());
        }
    }

    /** The object is larger than the caller accepts. */
    final class ObjectTooLargeException extends RuntimeException {
        public ObjectTooLargeException(StoredObject object, long size, long maxBytes) {
            super("object " + object.key() + " has " + size + " bytes, more than " + maxBytes);
        }
    }

    /** The object does not have the SHA-256 or the size of its reference. */
    final class ObjectCorruptException extends RuntimeException {
        public ObjectCorruptException(StoredObject object) {
            super("object " + object.key() + " does not have the bytes of its reference");
        }
    }
}
