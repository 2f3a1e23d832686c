package io.sluice.embedder.photo;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sluice.runtime.BatchHandler;
import io.sluice.runtime.CallLimit;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Scope;
import io.sluice.runtime.FailureTranslator;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Outcome.Failed;
import io.sluice.runtime.Received;
import io.sluice.runtime.RuntimeFailure;
import io.sluice.schemas.Topics;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.schemas.text.VisibleText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Emits each photo with its preview and its thumbnail, and each deletion as a tombstone. A photo that fails is looked up
 * in the ledger: when it was deleted or replaced meanwhile, its object may be gone, and nothing is made of it.
 *
 * <p>What is stored of a photo is named by the emitted event, even when the photo is deleted at the same time: the
 * indexer then finds the event older than the deletion, and removes what the event names. When no event is emitted, what
 * an earlier attempt stored is noted to be removed.
 */
final class PhotoPreparer implements BatchHandler<PhotoSaved>, AutoCloseable {
    /** The timer of photos that were prepared. */
    static final String METER = "sluice.photos.prepared";

    private static final Logger LOG = LoggerFactory.getLogger(PhotoPreparer.class);

    private final PhotoRenderer renderer;
    private final OldPhotos old;
    private final FailureTranslator errors;
    private final Semaphore atOnce;
    private final Timer timer;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    PhotoPreparer(PhotoRenderer renderer, OldPhotos old, FailureTranslator errors, int atOnce, MeterRegistry meters) {
        this.renderer = renderer;
        this.old = old;
        this.errors = errors;
        this.atOnce = new Semaphore(atOnce, true);
        this.timer = Timer.builder(METER)
                .description("One photo, from its fetch until its pictures are stored")
                .register(meters);
    }

    @Override
    public List<Outcome> handle(List<Received<PhotoSaved>> batch) throws InterruptedException {
        var begun = System.nanoTime();
        var overtaken = old.overtaken(batch);
        var running = batch.stream()
                .map(received -> overtaken.test(received)
                        ? CompletableFuture.completedFuture(Outcome.superseded())
                        : outcome(received))
                .toList();
        var outcomes = new ArrayList<Outcome>();
        for (var outcome : running) {
            outcomes.add(await(outcome));
        }
        var settled = withoutOldFailures(batch, outcomes);
        LOG.atInfo()
                .addKeyValue("photos", batch.size())
                .addKeyValue("jobs", named(batch, Received::jobId))
                .addKeyValue("files", named(batch, PhotoPreparer::fileName))
                .addKeyValue(
                        "failed",
                        settled.stream().filter(Failed.class::isInstance).count())
                .addKeyValue("took_ms", since(begun).toMillis())
                .log("photos prepared");
        return settled;
    }

    /** @throws InterruptedException when the caller is interrupted, or this is closed while the photo waits for a place */
    private static Outcome await(CompletableFuture<Outcome> outcome) throws InterruptedException {
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw new CompletionException(e.getCause());
        }
    }

    private CompletableFuture<Outcome> outcome(Received<PhotoSaved> received) {
        var photo = received.event();
        return photo == null
                ? CompletableFuture.completedFuture(Outcome.emitTombstone(Topics.PREPARED_PHOTOS, received.key()))
                : CompletableFuture.supplyAsync(CallLimit.carriedInto(() -> prepared(received, photo)), threads);
    }

    private Outcome prepared(Received<PhotoSaved> received, PhotoSaved photo) {
        takePlace();
        try {
            var begun = System.nanoTime();
            var prepared = renderer.render(photo);
            var took = since(begun);
            timer.record(took);
            LOG.atDebug()
                    .addKeyValue("job", received.jobId())
                    .addKeyValue("photo", photo.photoId())
                    .addKeyValue("took_ms", took.toMillis())
                    .log("photo prepared");
            return Outcome.emit(Topics.PREPARED_PHOTOS, prepared);
        } catch (RuntimeException e) {
            return Outcome.failed(errors.translate(e)
                    .orElseGet(() -> new Retryable(
                            RuntimeFailure.UNCLASSIFIED, "the photo could not be prepared", Scope.RECORD, e)));
        } finally {
            atOnce.release();
        }
    }

    private void takePlace() {
        try {
            atOnce.acquire();
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    /** A failure of a photo that is deleted, or has a newer version, is no failure. */
    private List<Outcome> withoutOldFailures(List<Received<PhotoSaved>> batch, List<Outcome> outcomes) {
        var failed = new ArrayList<Received<PhotoSaved>>();
        for (int i = 0; i < batch.size(); i++) {
            if (outcomes.get(i) instanceof Failed) {
                failed.add(batch.get(i));
            }
        }
        var older = old.among(failed);
        var settled = new ArrayList<Outcome>();
        for (int i = 0; i < batch.size(); i++) {
            var isOld = outcomes.get(i) instanceof Failed && older.test(batch.get(i));
            settled.add(isOld ? Outcome.superseded() : outcomes.get(i));
        }
        return settled;
    }

    private static List<String> named(
            List<Received<PhotoSaved>> batch, Function<Received<PhotoSaved>, @Nullable String> name) {
        return batch.stream().map(name).filter(Objects::nonNull).toList();
    }

    private static @Nullable String fileName(Received<PhotoSaved> received) {
        var photo = received.event();
        return photo == null ? null : VisibleText.of(photo.fileName());
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
