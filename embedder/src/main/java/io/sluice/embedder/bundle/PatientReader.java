package io.sluice.embedder.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads a stream, and fails when the stream delivers nothing for too long. */
final class PatientReader implements AutoCloseable {
    private static final int CHUNK = 256 << 10;

    private final InputStream stream;
    private final Duration patience;
    private final ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor();

    PatientReader(InputStream stream, Duration patience) {
        this.stream = stream;
        this.patience = patience;
    }

    /**
     * {@return the next bytes; empty at the end of the stream}
     *
     * @throws InterruptedIOException when nothing arrived in time
     */
    byte[] next() throws IOException, InterruptedException {
        try {
            return reader.submit(this::read).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            var silent = new InterruptedIOException("nothing arrived for " + patience.toSeconds() + " s");
            silent.initCause(e);
            throw silent;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    /** Reads only the bytes that are available, so that a broken connection loses no byte that arrived before. */
    private byte[] read() throws IOException {
        var buffer = new byte[CHUNK];
        var count = stream.read(buffer);
        return Arrays.copyOf(buffer, Math.max(0, count));
    }

    @Override
    public void close() throws IOException {
        stream.close();
        reader.shutdownNow();
    }
}
