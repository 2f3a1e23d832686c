package io.sluice.embedder;

import io.sluice.embedder.compute.Lane;
import io.sluice.embedder.compute.ModelWorkers;
import io.sluice.pictures.decode.Picture;
import io.sluice.runtime.CallLimit;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.objects.ObjectStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Fetches image files and decodes them. Only a few are in memory at a time, each from its fetch until it is decoded.
 */
final class PictureLoader implements AutoCloseable {
    private final ObjectStore objects;
    private final ModelWorkers workers;
    private final long maxBytes;
    private final Semaphore inMemory;
    private final ExecutorService fetchers = Executors.newVirtualThreadPerTaskExecutor();

    PictureLoader(ObjectStore objects, ModelWorkers workers, long maxBytes, int fetches) {
        this.objects = objects;
        this.workers = workers;
        this.maxBytes = maxBytes;
        this.inMemory = new Semaphore(fetches);
    }

    /** {@return the picture in the framing of the model; fails with the exception of the store or the decoder} */
    CompletableFuture<Picture> load(StoredObject object) {
        return CompletableFuture.supplyAsync(CallLimit.carriedInto(() -> fetchAndDecode(object)), fetchers);
    }

    private Picture fetchAndDecode(StoredObject object) {
        inMemory.acquireUninterruptibly();
        try {
            return workers.decode(objects.get(object, maxBytes), Lane.PRODUCTS);
        } finally {
            inMemory.release();
        }
    }

    @Override
    public void close() {
        fetchers.shutdownNow();
    }
}
