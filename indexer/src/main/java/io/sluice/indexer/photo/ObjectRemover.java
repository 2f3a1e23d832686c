package io.sluice.indexer.photo;

import io.sluice.stores.objects.ObjectStore;
import io.sluice.stores.photo.PhotoLedger;
import io.sluice.stores.photo.PhotoLedger.ObjectKey;
import io.sluice.stores.photo.PhotoLedger.Removal;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the objects that the ledger has noted from the object store, each original with every picture that was made of
 * it: a picture that was stored just before a crash is named by no record. A note stays until the store has removed its
 * object, so an outage or a crash leaves nothing behind. Several indexers may remove the same object: that does no harm.
 */
@Singleton
final class ObjectRemover implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectRemover.class);
    private static final int PAGE = 64;
    private static final int AT_ONCE = 8;
    /** More than anything makes of one photo. */
    private static final int MOST_PICTURES = 1_000;
    /** How long an object waits that the store did not remove once, so that it does not hold up the others. */
    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final int MOST_DOUBLINGS = 7;

    private final PhotoLedger ledger;
    private final ObjectStore objects;
    private final Clock clock;
    private final AtomicBoolean isAsked = new AtomicBoolean();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("object-remover").factory());

    ObjectRemover(PhotoLedger ledger, ObjectStore objects, Clock clock) {
        this.ledger = ledger;
        this.objects = objects;
        this.clock = clock;
    }

    /**
     * Removes what is noted, without waiting for it. A failure is logged; {@link #removeAll} is called again later. After
     * {@link #close} it does nothing.
     */
    void removeSoon() {
        if (isAsked.compareAndSet(false, true)) {
            try {
                worker.execute(this::removeOrLog);
            } catch (RejectedExecutionException e) {
                LOG.atDebug().setCause(e).log("objects of photos are removed after the next start");
            }
        }
    }

    private void removeOrLog() {
        isAsked.set(false);
        try {
            removeAll();
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).log("objects of photos are not removed yet");
        }
    }

    /**
     * Removes what is noted, until nothing is left that is due. Objects that the store does not remove are tried again
     * later.
     *
     * @throws RuntimeException when Postgres or the object store does not answer
     */
    void removeAll() {
        var due = ledger.toRemove(PAGE);
        if (due.isEmpty()) {
            return;
        }
        objects.probe();
        while (!due.isEmpty()) {
            remove(due);
            due = ledger.toRemove(PAGE);
        }
    }

    private void remove(List<Removal> due) {
        var removed = new ArrayList<Removal>();
        var kept = new HashMap<Removal, Instant>();
        try (var threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            var running = due.stream()
                    .map(removal -> threads.submit(() -> remove(removal.object())))
                    .toList();
            for (var i = 0; i < running.size(); i++) {
                var removal = due.get(i);
                if (isDone(running.get(i), removal.object())) {
                    removed.add(removal);
                } else {
                    kept.put(removal, clock.instant().plus(waitAfter(removal.attempts())));
                }
            }
        }
        ledger.removed(removed);
        ledger.postpone(kept);
    }

    /** An erasure waits for its objects, so a hiccup of the store costs it seconds: 5 s, doubled up to ten minutes. */
    static Duration waitAfter(int attempts) {
        var wait = FIRST_WAIT.multipliedBy(1L << Math.min(attempts, MOST_DOUBLINGS));
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    /** The original goes first, so that no more pictures are made of it. */
    private void remove(ObjectKey object) {
        objects.delete(object.bucket(), object.key());
        if (!object.isPicture()) {
            objects.list(object.pictures(), null, MOST_PICTURES).stream()
                    .filter(picture -> picture.bucket().equals(object.bucket()))
                    .forEach(picture -> objects.delete(picture.bucket(), picture.key()));
        }
    }

    private static boolean isDone(Future<?> removal, ObjectKey object) {
        try {
            removal.get();
            return true;
        } catch (ExecutionException e) {
            LOG.atWarn()
                    .addKeyValue("bucket", object.bucket())
                    .addKeyValue("object", object.key())
                    .addKeyValue("answer", String.valueOf(e.getCause()))
                    .log("the object store did not remove an object of a photo; it is tried again");
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while objects are removed", e);
        }
    }

    @Override
    @PreDestroy
    public void close() {
        worker.shutdownNow();
    }
}
