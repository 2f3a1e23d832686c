package io.sluice.rekognition.store;

import io.sluice.journal.Journal;
import io.sluice.journal.Owner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * The collections and their journal, safe for use by many threads. A writer decides and changes under the lock, and waits
 * for the disk outside of it. A change that was answered survives a crash; one that was not may be lost. What a model has
 * said of a real face is in no file any more once its deletion was answered.
 */
public final class Store implements AutoCloseable {
    private static final Owner OWNER = new Owner("SLREKOG1", "Rekognition stand-in");

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Catalog catalog;
    private final Journal journal;
    private long lastTicket;

    private Store(Catalog catalog, Journal journal) {
        this.catalog = catalog;
        this.journal = journal;
    }

    /**
     * Reads the journal of a folder, and writes it anew when most of its bytes are useless or when it still has what was to
     * be forgotten.
     */
    public static Store open(Path folder) throws IOException {
        var catalog = new Catalog();
        var forgets = new AtomicBoolean();
        var journal = Journal.open(folder, OWNER, entry -> {
            var change = ChangeCodec.decode(entry);
            forgets.compareAndSet(false, catalog.forgets(change));
            catalog.apply(change);
        });
        try {
            if (forgets.get()) {
                journal.rewrite(catalog.asChanges().map(ChangeCodec::encode));
            }
            var used = catalog.asChanges()
                    .mapToLong(change -> ChangeCodec.encode(change).length)
                    .sum();
            journal.compact(used, () -> catalog.asChanges().map(ChangeCodec::encode));
            return new Store(catalog, journal);
        } catch (IOException | RuntimeException failure) {
            journal.close();
            throw failure;
        }
    }

    /**
     * What a writer wants.
     *
     * @param changes to be made together: after a crash all of them were made or none
     * @param answer once they are on disk
     */
    public record Decision<R>(List<Change> changes, R answer) {
        public Decision {
            changes = List.copyOf(changes);
        }
    }

    /** {@return the reader's result; the catalog does not change while it reads} */
    public <R> R read(Function<Catalog, R> reader) {
        lock.readLock().lock();
        try {
            return reader.apply(catalog);
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Lets a writer decide on changes and makes them. A writer that changes nothing also waits for the disk: it may answer
     * what another writer has just changed.
     *
     * @return the answer of the decision, once everything that the writer saw is on disk
     */
    public <R> R write(Function<Catalog, Decision<R>> writer) {
        try {
            Decision<R> decision;
            long ticket;
            lock.writeLock().lock();
            try {
                journal.requireSound();
                decision = writer.apply(catalog);
                if (!decision.changes().isEmpty()) {
                    var forgets = decision.changes().stream().anyMatch(catalog::forgets);
                    lastTicket = journal.append(
                            decision.changes().stream().map(ChangeCodec::encode).toList());
                    decision.changes().forEach(catalog::apply);
                    if (forgets) {
                        journal.rewrite(catalog.asChanges().map(ChangeCodec::encode));
                    }
                }
                ticket = lastTicket;
            } finally {
                lock.writeLock().unlock();
            }
            journal.awaitDurable(ticket);
            return decision.answer();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() throws IOException {
        lock.writeLock().lock();
        try {
            journal.close();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
