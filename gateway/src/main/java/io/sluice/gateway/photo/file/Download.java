package io.sluice.gateway.photo.file;

import io.sluice.schemas.wire.Sha256;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.objects.ObjectStore.ObjectCorruptException;
import io.sluice.web.body.BodyMemory;
import java.security.MessageDigest;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A part of a stored file on its way to a caller. The file is read piece by piece, and the next piece only when the
 * caller has taken the one before. So a slow caller holds one piece and no connection to the object store.
 *
 * <p>When the part is the whole file, its last piece is given only if the file has the hash of its reference.
 */
public final class Download implements AutoCloseable {
    /** The largest number of bytes of one download that are in memory. */
    static final int PIECE = 256 * 1024;

    /** Reads from the stored file. */
    @FunctionalInterface
    public interface Source {
        /** {@return this many bytes from this position on} */
        byte[] read(long first, int length);
    }

    private final StoredObject file;
    private final Source source;
    private final BodyMemory.Share share;
    private final long end;
    private final @Nullable MessageDigest sha256;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    /** The download until it has ended, and the read that is under way. The last of them gives the memory back. */
    private final AtomicInteger holders = new AtomicInteger(1);

    private long next;
    private byte @Nullable [] first;

    private Download(StoredObject file, ByteRange.Part part, Source source, BodyMemory.Share share) {
        this.file = file;
        this.source = source;
        this.share = share;
        this.next = part.first();
        this.end = part.last() + 1;
        this.sha256 = part.length() == file.size() ? Sha256.digest() : null;
        var _ = ended.whenComplete((done, cancelled) -> leave());
    }

    /**
     * Begins a download: waits for memory and reads the first piece, so that a file that is missing is known before the
     * answer begins.
     */
    public static Download begin(StoredObject file, ByteRange.Part part, Source source, BodyMemory memory) {
        var most = Math.min(PIECE, part.length());
        var download = new Download(file, part, source, memory.open(most));
        try {
            download.share.growTo(most);
            download.first = download.read();
            return download;
        } catch (RuntimeException e) {
            download.close();
            throw e;
        }
    }

    /** Completes, or is cancelled, when the download has ended. Cancelling it ends the download. */
    public CompletableFuture<?> ended() {
        return ended;
    }

    /**
     * {@return the next piece; null after the last one}
     *
     * @throws CancellationException when the download has ended
     */
    public byte @Nullable [] next() {
        var piece = first;
        if (piece != null) {
            first = null;
            return piece;
        }
        return next == end ? null : read();
    }

    private byte[] read() {
        if (holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
            throw new CancellationException("the download has ended");
        }
        try {
            var piece = source.read(next, (int) Math.min(PIECE, end - next));
            next += piece.length;
            check(piece);
            return piece;
        } finally {
            leave();
        }
    }

    private void check(byte[] piece) {
        if (sha256 == null) {
            return;
        }
        sha256.update(piece);
        if (next == end && !Sha256.hex(sha256.digest()).equals(file.sha256())) {
            throw new ObjectCorruptException(file);
        }
    }

    private void leave() {
        if (holders.decrementAndGet() == 0) {
            share.close();
        }
    }

    /** Ends the download. A read that is under way keeps its memory until it is over. */
    @Override
    public void close() {
        ended.complete(null);
    }
}
