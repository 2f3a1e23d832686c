package io.sluice.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only file of entries, read once at the start.
 *
 * <p>Appending only queues an entry; {@link #awaitDurable} writes it to disk. The first thread that waits writes all
 * queued entries as one {@linkplain Frame frame} and forces it to disk. Threads that wait meanwhile find their entries
 * already written, so concurrent writers share one disk flush.
 *
 * <p>A frame is written only after the one before it is on disk, so a crash can leave only the last frame incomplete.
 * No entry of an incomplete frame was acknowledged, and the next start cuts it off. A damaged frame with undamaged
 * frames after it is corruption, and the journal does not open.
 *
 * <p>After a failed write the end of the file is unknown, so the journal accepts no more entries until a restart.
 */
public final class Journal implements Closeable {
    private static final Logger log = LoggerFactory.getLogger(Journal.class);

    /** How many useless bytes a journal may hold before compaction pays. */
    private static final long TOLERATED_WASTE = 1L << 20;

    private final Path file;
    private final Owner owner;
    private final FileLock lock;
    private final ReentrantLock flushing = new ReentrantLock();
    private final Object queueing = new Object();

    private FileChannel channel;
    private List<byte[]> queue = new ArrayList<>();
    private long queued;
    private volatile long durable;
    private volatile @Nullable IOException broken;

    private Journal(Path file, Owner owner, FileLock lock, FileChannel channel) {
        this.file = file;
        this.owner = owner;
        this.lock = lock;
        this.channel = channel;
    }

    /**
     * Opens the journal of a folder and reads it. A missing journal is created.
     *
     * @param owner the kind of server that the journal belongs to
     * @param reader receives every entry, the oldest first
     * @throws IOException when another process has it open, when it is another owner's, when it is corrupt, or when it cannot be read
     */
    public static Journal open(Path folder, Owner owner, Consumer<byte[]> reader) throws IOException {
        Files.createDirectories(folder);
        var lockFile = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            var lock = lock(folder, owner, lockFile);
            var file = folder.resolve("journal");
            Files.deleteIfExists(draftOf(file));
            if (!Files.exists(file)) {
                write(file, owner, Stream.empty());
            }
            var length = JournalReader.read(file, owner, reader);
            var channel = FileChannel.open(file, StandardOpenOption.WRITE);
            cutOff(file, channel, length);
            return new Journal(file, owner, lock, channel);
        } catch (IOException | RuntimeException failure) {
            lockFile.close();
            throw failure;
        }
    }

    private static FileLock lock(Path folder, Owner owner, FileChannel lockFile) throws IOException {
        try {
            var lock = lockFile.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException inThisJvm) {
            log.atDebug().setCause(inThisJvm).log("this process already uses the folder");
        }
        throw new IOException("another %s is running on %s".formatted(owner.title(), folder.toAbsolutePath()));
    }

    private static void cutOff(Path file, FileChannel channel, long length) throws IOException {
        var torn = channel.size() - length;
        if (torn > 0) {
            log.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("bytes", torn)
                    .log("cut off an incomplete write at the end of the journal");
            channel.truncate(length);
            channel.force(true);
        }
        channel.position(length);
    }

    /** {@return the length of the file in bytes} */
    private long length() throws IOException {
        return channel.position();
    }

    /**
     * Queues entries that belong together: after a crash, the journal holds all of them or none.
     *
     * @return the ticket to pass to {@link #awaitDurable}
     */
    public long append(List<byte[]> entries) throws IOException {
        requireSound();
        synchronized (queueing) {
            queue.addAll(entries);
            return ++queued;
        }
    }

    /** Returns when all entries up to this ticket are on disk. */
    public void awaitDurable(long ticket) throws IOException {
        if (durable >= ticket) {
            return;
        }
        flushing.lock();
        try {
            if (durable < ticket) {
                flush();
            }
        } finally {
            flushing.unlock();
        }
    }

    private void flush() throws IOException {
        requireSound();
        List<byte[]> batch;
        long ticket;
        synchronized (queueing) {
            batch = queue;
            ticket = queued;
            queue = new ArrayList<>();
        }
        try {
            writeFully(channel, Frame.of(batch));
            channel.force(false);
            durable = ticket;
        } catch (IOException | RuntimeException | Error failure) {
            broken = new IOException("The journal could not be written; restart the server", failure);
            log.atError().addKeyValue("file", file).setCause(failure).log("journal cannot be written");
            throw failure;
        }
    }

    /** Throws the failure of an earlier write, if there was one. */
    public void requireSound() throws IOException {
        var failure = broken;
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * Replaces all entries when most of the file's bytes are useless.
     *
     * @param used bytes of the entries that say the same
     * @param entries called only when they are written
     */
    public void compact(long used, Supplier<Stream<byte[]>> entries) throws IOException {
        var before = length();
        if (before - used <= Math.max(used, TOLERATED_WASTE)) {
            return;
        }
        replaceWith(entries.get());
        log.atInfo()
                .addKeyValue("bytes_before", before)
                .addKeyValue("bytes_after", length())
                .log("journal compacted");
    }

    /**
     * Replaces all entries, those in the queue too, so that nothing of an earlier entry is in the file any more. They are on
     * disk when it returns. Other threads may wait for their entries meanwhile; none may append.
     *
     * @param entries entries that say the same as those in the file and in the queue
     */
    public void rewrite(Stream<byte[]> entries) throws IOException {
        flushing.lock();
        try {
            requireSound();
            long ticket;
            synchronized (queueing) {
                ticket = queued;
                queue = new ArrayList<>();
            }
            replaceWith(entries);
            durable = ticket;
        } catch (IOException | RuntimeException | Error failure) {
            broken = new IOException("The journal could not be written anew; restart the server", failure);
            throw failure;
        } finally {
            flushing.unlock();
        }
    }

    /**
     * Replaces all entries, in one atomic step: after a crash, the file holds all old entries or all new ones. No other
     * thread may use the journal meanwhile.
     */
    void replaceWith(Stream<byte[]> entries) throws IOException {
        write(file, owner, entries);
        channel.close();
        channel = FileChannel.open(file, StandardOpenOption.WRITE);
        channel.position(channel.size());
    }

    private static void write(Path file, Owner owner, Stream<byte[]> entries) throws IOException {
        var draft = draftOf(file);
        try (var out = FileChannel.open(
                        draft,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                entries) {
            writeFully(out, owner.header());
            for (var entry : (Iterable<byte[]>) entries::iterator) {
                writeFully(out, Frame.of(List.of(entry)));
            }
            out.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (var folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static Path draftOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Writes queued entries to disk unless an earlier write failed, and releases the folder. */
    @Override
    public void close() throws IOException {
        try {
            if (broken == null) {
                awaitDurable(queued);
            }
        } finally {
            channel.close();
            lock.acquiredBy().close();
        }
    }
}
