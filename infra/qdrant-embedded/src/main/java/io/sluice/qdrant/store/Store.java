package io.sluice.qdrant.store;

import io.grpc.Status;
import io.sluice.journal.Journal;
import io.sluice.journal.Owner;
import io.sluice.qdrant.protocol.Rejection;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * The state and its journal, safe for use by many threads. Many threads read at once, and one at a time changes the
 * state. A writer waits for the disk outside the lock. The journal has the changes in the order in which they were
 * applied. A reader may see a change before its writer is answered. A crash may lose such a change, but never a change
 * whose writer was answered.
 */
public final class Store implements Closeable {
    private static final Owner OWNER = new Owner("SLQDRNT1", "Qdrant stand-in");

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Catalog catalog;
    private final Journal journal;

    private Store(Catalog catalog, Journal journal) {
        this.catalog = catalog;
        this.journal = journal;
    }

    /** Reads the journal of a folder, and compacts it when most of its bytes are useless. */
    public static Store open(Path folder) throws IOException {
        var catalog = new Catalog();
        var journal = Journal.open(folder, OWNER, entry -> replay(entry, catalog));
        try {
            journal.compact(catalog.weight(), () -> Snapshot.of(catalog).map(ChangeCodec::encode));
            return new Store(catalog, journal);
        } catch (IOException | RuntimeException failure) {
            journal.close();
            throw failure;
        }
    }

    private static void replay(byte[] entry, Catalog catalog) {
        var change = ChangeCodec.decode(entry);
        try {
            catalog.apply(change);
        } catch (Rejection refused) {
            if (refused.status().getCode() == Status.Code.RESOURCE_EXHAUSTED) {
                throw new IllegalStateException(refused.getMessage(), refused);
            }
            throw new IllegalStateException(
                    "The journal holds a change that this version refuses (%s): start the version that wrote it, or move"
                                    .formatted(refused.getMessage())
                            + " the journal away and rebuild the collections from their source",
                    refused);
        }
    }

    /** {@return the reader's result; the state does not change while it reads} */
    public <R> R read(Function<Catalog, R> reader) {
        lock.readLock().lock();
        try {
            return reader.apply(catalog);
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Makes a change durable.
     *
     * @return its number
     */
    public long write(Change change) {
        return write(List.of(change));
    }

    /**
     * Makes changes one by one, with no other change in between. When one is refused, those before it remain, as in the
     * real server, and those after it are not made. After a crash, the journal holds all the changes that were made, or
     * none.
     *
     * @return the number of the last change, once all are on disk
     */
    public long write(List<Change> changes) {
        var encoded = changes.stream().map(ChangeCodec::encode).toList();
        var made = new ArrayList<byte[]>();
        long number = 0;
        try {
            long ticket;
            Rejection refusal = null;
            lock.writeLock().lock();
            try {
                journal.requireSound();
                for (int i = 0; i < changes.size() && refusal == null; i++) {
                    try {
                        number = catalog.apply(changes.get(i));
                        made.add(encoded.get(i));
                    } catch (Rejection refused) {
                        refusal = refused;
                    }
                }
                ticket = made.isEmpty() ? 0 : journal.append(made);
            } finally {
                lock.writeLock().unlock();
            }
            journal.awaitDurable(ticket);
            if (refusal != null) {
                throw refusal;
            }
            return number;
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
