package io.sluice.gateway.shelf;

import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.gateway.problem.Outage;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.stores.objects.ObjectStore.KeyOfHash;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the files that callers send in the object store. The gateway stores a file before it publishes the event that
 * names the file. So a crash between the two leaves a file that no event names, and never an event without its file.
 * The caller of the shelf chooses the keys.
 */
@Singleton
public final class ObjectShelf {
    /** The largest number of bytes of a file that are in memory while the file arrives. */
    public static final int MEMORY = ObjectStore.UPLOAD_MEMORY;

    private static final Logger LOG = LoggerFactory.getLogger(ObjectShelf.class);

    private final ObjectStore objects;

    public ObjectShelf(ObjectStore objects) {
        this.objects = objects;
    }

    /**
     * Stores a file that is in memory, under a key made from its hash. Does nothing when the store already has it.
     *
     * @param mediaType found from the bytes
     * @return the file's place in the store
     */
    public StoredObject store(KeyOfHash key, String mediaType, byte[] bytes) {
        try {
            return objects.put(key, bytes, mediaType);
        } catch (RuntimeException e) {
            throw unavailable(e);
        }
    }

    /** As {@link #store(KeyOfHash, String, byte[])}, under a key that no other file has, with the hash of the bytes. */
    public StoredObject store(String key, String sha256, String mediaType, byte[] bytes) {
        try {
            return objects.putHashed(key, sha256, bytes, mediaType);
        } catch (RuntimeException e) {
            throw unavailable(e);
        }
    }

    /**
     * Stores a file of any length while it arrives, with at most {@link #MEMORY} bytes of it in memory.
     *
     * @param key a key that no other file has
     * @param atMost the largest size that the file can have, in bytes
     * @return the file's place in the store, with its hash and size
     * @throws IOException when the stream cannot be read; nothing is stored then
     */
    public StoredObject store(String key, String mediaType, InputStream bytes, long atMost) throws IOException {
        try {
            return objects.upload(key, mediaType, bytes, atMost);
        } catch (RuntimeException e) {
            throw unavailable(e);
        }
    }

    /**
     * {@return the file's bytes}
     *
     * @throws ObjectStore.ObjectMissingException when the store does not have it
     * @throws ObjectStore.ObjectTooLargeException when the store has more than {@code maxBytes}
     * @throws ObjectStore.ObjectCorruptException when the store has other bytes
     */
    public byte[] fetch(StoredObject file, long maxBytes) {
        try {
            return objects.get(file, maxBytes);
        } catch (RuntimeException e) {
            throw unavailable(e);
        }
    }

    /**
     * {@return a part of the file's bytes} They are not compared with the file's hash.
     *
     * @throws ObjectStore.ObjectMissingException when the store does not have the file
     * @throws ObjectStore.ObjectCorruptException when the store has a file of another size
     */
    public byte[] fetchPart(StoredObject file, long first, int length) {
        try {
            return objects.getPart(file, first, length);
        } catch (RuntimeException e) {
            throw unavailable(e);
        }
    }

    /** Removes a file that no event names, such as that of a refused request. A failure is only logged. */
    public void remove(StoredObject file) {
        try {
            objects.delete(file);
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("key", file.key()).setCause(e).log("could not remove a file that no event names");
        }
    }

    private static RuntimeException unavailable(RuntimeException thrown) {
        return Outage.or(
                thrown,
                GatewayProblem.OBJECT_STORE_UNAVAILABLE,
                "Files can be neither stored nor read now; try again in a moment.");
    }
}
