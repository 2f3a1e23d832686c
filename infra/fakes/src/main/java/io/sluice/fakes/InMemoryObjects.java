package io.sluice.fakes;

import io.sluice.schemas.wire.Sha256;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.objects.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An object store in memory. It records what was asked of it, and a test can make it fail. Safe for use by many
 * threads.
 */
public final class InMemoryObjects implements ObjectStore {
    private static final String BUCKET = "sluice";

    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();
    private final Map<String, Instant> storedAt = new ConcurrentHashMap<>();
    private final Queue<StoredObject> fetched = new ConcurrentLinkedQueue<>();
    private final AtomicInteger uploads = new AtomicInteger();
    private volatile @Nullable RuntimeException failure;
    private volatile @Nullable RuntimeException failureOfDeletes;

    /** Makes every call fail with this exception; null lets calls succeed again. */
    public void failWith(@Nullable RuntimeException thrown) {
        failure = thrown;
    }

    /** Makes every removal fail with this exception, and no other call; null lets removals succeed again. */
    public void failDeletesWith(@Nullable RuntimeException thrown) {
        failureOfDeletes = thrown;
    }

    /** {@return the bytes of all objects, by key; a change of this map changes the store} */
    public Map<String, byte[]> kept() {
        return kept;
    }

    /** {@return the objects that were asked for, in order} */
    public Queue<StoredObject> fetched() {
        return fetched;
    }

    /** {@return how many uploads were started} */
    public int uploads() {
        return uploads.get();
    }

    @Override
    public StoredObject put(KeyOfHash key, byte[] bytes, String contentType) {
        probe();
        return keep(key.of(Sha256.of(bytes)), bytes.clone(), contentType);
    }

    @Override
    public StoredObject upload(String key, String contentType, InputStream bytes, long atMost) throws IOException {
        uploads.incrementAndGet();
        probe();
        return keep(key, bytes.readAllBytes(), contentType);
    }

    private StoredObject keep(String key, byte[] bytes, String contentType) {
        if (kept.putIfAbsent(key, bytes) == null) {
            storedAt.put(key, Instant.now());
        }
        return new StoredObject(BUCKET, key, Sha256.of(bytes), contentType, bytes.length);
    }

    @Override
    public void delete(String bucket, String key) {
        probe();
        var thrown = failureOfDeletes;
        if (thrown != null) {
            throw thrown;
        }
        if (bucket.equals(BUCKET)) {
            kept.remove(key);
            storedAt.remove(key);
        }
    }

    @Override
    public List<Listed> list(String prefix, @Nullable String after, int limit) {
        probe();
        return kept.keySet().stream()
                .filter(key -> key.startsWith(prefix) && (after == null || key.compareTo(after) > 0))
                .sorted()
                .limit(limit)
                .map(key -> new Listed(BUCKET, key, storedAt.getOrDefault(key, Instant.EPOCH)))
                .toList();
    }

    @Override
    public byte[] get(StoredObject object, long maxBytes) {
        fetched.add(object);
        probe();
        var bytes = object.bucket().equals(BUCKET) ? kept.get(object.key()) : null;
        if (bytes == null) {
            throw new ObjectMissingException(object);
        }
        if (bytes.length > maxBytes) {
            throw new ObjectTooLargeException(object, bytes.length, maxBytes);
        }
        if (!Sha256.of(bytes).equals(object.sha256())) {
            throw new ObjectCorruptException(object);
        }
        return bytes.clone();
    }

    @Override
    public byte[] getPart(StoredObject object, long first, int length) {
        fetched.add(object);
        probe();
        var bytes = object.bucket().equals(BUCKET) ? kept.get(object.key()) : null;
        if (bytes == null) {
            throw new ObjectMissingException(object);
        }
        if (bytes.length != object.size()) {
            throw new ObjectCorruptException(object);
        }
        var from = Math.toIntExact(first);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    @Override
    public String name() {
        return "objects";
    }

    @Override
    public void probe() {
        var thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
    }
}
