package io.sluice.qdrant.journal;

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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only file of entries, read once at the start.
 *
 * <p>Appending only queues an entry; {@link #awaitDurable} brings it to the disk. Whoever comes first writes everything
 * queued as one {@linkplain Frame frame} and forces it, the others find their entries already there: concurrent writers
 * share one disk flush. A frame is begun only after the one before it was forced, so a crash can tear the last frame
 * and no other. A torn frame holds nothing that was acknowledged and is cut off at the next start; a damaged one with
 * sound frames after it is corruption, and the start is refused.
 *
 * <p>After a failed write the file's end is unknown, so nothing more is accepted until a restart.
 */
public final class Journal implements Closeable {
    private static final Logger log = LoggerFactory.getLogger(Journal.class);

    private final Path file;
    private final FileLock lock;
    private final ReentrantLock flushing = new ReentrantLock();
    private final Object queueing = new Object();

    private FileChannel channel;
    private List<byte[]> queue = new ArrayList<>();
    private long queued;
    private volatile long durable;
    private volatile @Nullable IOException broken;

    private Journal(Path file, FileLock lock, FileChannel channel) {
        this.file = file;
        this.lock = lock;
        this.channel = channel;
    }

    /**
     * Opens the journal of a folder, made when it is missing, and reads it.
     *
     * @param reader gets every entry, oldest first
     * @throws IOException when another process has it open, when it is corrupt, or when it cannot be read
     */
    public static Journal open(Path folder, Consumer<byte[]> reader) throws IOException {
        Files.createDirectories(folder);
        var lockFile = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            var lock = lock(folder, lockFile);
            var file = folder.resolve("journal");
            Files.deleteIfExists(draftOf(file));
            if (!Files.exists(file)) {
                write(file, Stream.empty());
            }
            var length = JournalReader.read(file, reader);
            var channel = FileChannel.open(file, StandardOpenOption.WRITE);
            cutOff(file, channel, length);
            return new Journal(file, lock, channel);
        } catch (IOException | RuntimeException failure) {
            lockFile.close();
            throw failure;
        }
    }

    private static FileLock lock(Path folder, FileChannel lockFile) throws IOException {
        try {
            var lock = lockFile.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException inThisJvm) {
            log.atDebug().setCause(inThisJvm).log("the folder is in use by this very process");
        }
        throw new IOException("another Qdrant stand-in is running on " + folder.toAbsolutePath());
    }

    private static void cutOff(Path file, FileChannel channel, long length) throws IOException {
        var torn = channel.size() - length;
        if (torn > 0) {
            log.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("bytes", torn)
                    .log("cut off a write that the last stop interrupted");
            channel.truncate(length);
            channel.force(true);
        }
        channel.position(length);
    }

    /** {@return the length of the file in bytes} */
    public long length() throws IOException {
        return channel.position();
    }

    /**
     * Queues entries that belong together: after a crash all of them are there or none.
     *
     * @return the ticket to await
     */
    public long append(List<byte[]> entries) throws IOException {
        requireSound();
        synchronized (queueing) {
            queue.addAll(entries);
            return ++queued;
        }
    }

    /** Returns when everything up to a ticket is on the disk. */
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

    /** Refuses to go on after a failed write. */
    public void requireSound() throws IOException {
        var failure = broken;
        if (failure != null) {
            throw failure;
        }
    }

    /** Puts other entries in the place of all there are, in one step that a crash cannot tear. Not while in use. */
    public void replaceWith(Stream<byte[]> entries) throws IOException {
        write(file, entries);
        channel.close();
        channel = FileChannel.open(file, StandardOpenOption.WRITE);
        channel.position(channel.size());
    }

    private static void write(Path file, Stream<byte[]> entries) throws IOException {
        var draft = draftOf(file);
        try (var out = FileChannel.open(
                        draft,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                entries) {
            writeFully(out, Frame.fileHeader());
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

    /** Brings what is queued to the disk, if that still works, and lets go of the folder. */
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
