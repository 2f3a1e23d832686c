package io.sluice.indexer.photo;

import io.sluice.stores.objects.ObjectStore;
import io.sluice.stores.objects.ObjectStore.Listed;
import io.sluice.stores.photo.PhotoLedger;
import io.sluice.stores.photo.PhotoLedger.ObjectKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the objects that no photo and no enrolment names: the files of uploads that broke off before their record was
 * written, and pictures of which the record was never written.
 *
 * <p>An object is left alone while a record may still name it: until it is older than any retry or dead letter, and
 * while a reader of photos is behind. It is also left alone when it is older than the database: its record may have been
 * read into another one.
 */
final class PhotoSweep {
    private static final Logger LOG = LoggerFactory.getLogger(PhotoSweep.class);
    /** A dead letter is kept for 30 days. */
    static final Duration OLD = Duration.ofDays(45);
    /** An object is stored minutes before its record at most. */
    private static final Duration BEHIND = Duration.ofDays(1);

    private static final int PAGE = 1_000;

    private final PhotoLedger ledger;
    private final ObjectStore objects;
    private final ObjectRemover remover;
    private final ReadCheck reads;
    private final Clock clock;

    PhotoSweep(PhotoLedger ledger, ObjectStore objects, ObjectRemover remover, ReadCheck reads, Clock clock) {
        this.ledger = ledger;
        this.objects = objects;
        this.remover = remover;
        this.reads = reads;
        this.clock = clock;
    }

    /**
     * Sweeps once.
     *
     * @throws RuntimeException when Kafka, Postgres or the object store does not answer; what was done remains
     */
    void sweep() {
        var now = clock.instant();
        var readUntil = now.minus(BEHIND);
        if (reads.isAllRead(readUntil)) {
            var noted = noteUnnamed(ObjectKey.PHOTOS, now.minus(OLD), ledger::noteUnnamed);
            LOG.atInfo().addKeyValue("objects", noted).log("swept the objects that no photo names");
        } else {
            LOG.atInfo().log("no objects of photos are swept: not all records of photos are handled");
        }
        if (reads.areSelfiesRead(readUntil)) {
            var noted = noteUnnamed(ObjectKey.SELFIES, now.minus(OLD), ledger::noteUnnamedSelfies);
            LOG.atInfo().addKeyValue("objects", noted).log("swept the selfies that no enrolment names");
        }
        remover.removeAll();
    }

    private int noteUnnamed(String folder, Instant to, ToIntFunction<List<ObjectKey>> note) {
        var from = ledger.since();
        var noted = 0;
        @Nullable String after = null;
        while (true) {
            var page = objects.list(folder, after, PAGE);
            noted += note.applyAsInt(page.stream()
                    .filter(object -> !object.storedAt().isBefore(from)
                            && object.storedAt().isBefore(to))
                    .map(PhotoSweep::key)
                    .toList());
            if (page.size() < PAGE) {
                return noted;
            }
            after = page.getLast().key();
        }
    }

    private static ObjectKey key(Listed object) {
        return new ObjectKey(object.bucket(), object.key());
    }
}
