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
 * The files that callers send. A file is on the shelf before the event that names it is published, so a crash between the
 * two leaves a file that nobody names, never a name without a file. What a key looks like is its caller's choice.
 */
@Singleton
public final class ObjectShelf {
    /** Most bytes of a file that are held while it is stored as it comes in. */
    public static final int MEMORY = ObjectStore.UPLOAD_MEMORY;

    private static final Logger LOG = LoggerFactory.getLogger(ObjectShelf.class);

    private final ObjectStore objects;

    public ObjectShelf(ObjectStore objects) {
        this.objects = objects;
    }

    /**
     * Stores a file that is in memory, under a key made of its content; does nothing when it is there already.
     *
     * @param mediaType found by looking at the bytes
     * @return where it is, once the store has it
     */
    public StoredObject store(KeyOfHash key, String mediaType, byte[] bytes) {
        try {
            return objects.put(key, bytes, mediaType);
        } catch (RuntimeException e) {
            throw unavailable(e);
        }
    }

    /**
     * Stores a file of any length as it comes in, holding {@link #MEMORY} of it at most.
     *
     * @param key nobody has used before
     * @param atMost no more bytes than this will come
     * @return where it is, with the hash and size found on the way, once the store has it
     * @throws IOException what the stream threw; nothing is stored then
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

    /** Removes a file that no event names, as of a request that was refused after all. One that stays is only logged. */
    public void remove(StoredObject file) {
        try {
            objects.delete(file);
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("key", file.key()).setCause(e).log("a file that no event names was left behind");
        }
    }

    private static RuntimeException unavailable(RuntimeException thrown) {
        return Outage.or(
                thrown,
                GatewayProblem.OBJECT_STORE_UNAVAILABLE,
                "Files can be neither kept nor shown now; try again in a moment.");
    }
}
