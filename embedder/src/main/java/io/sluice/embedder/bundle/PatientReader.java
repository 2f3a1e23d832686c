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

/** Reads a stream that may fall silent without ending, and gives up when it does. */
final class PatientReader implements AutoCloseable {
    private static final int CHUNK = 256 << 10;

    private final InputStream stream;
    private final Duration patience;
    private final ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor();

    PatientReader(InputStream stream, Duration patience) {
        this.stream = stream;
        this.patience = patience;
    }

    /** {@return what comes next; empty at the end} */
    byte[] next() throws IOException, InterruptedException {
        try {
            return reader.submit(this::read).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            var silent = new InterruptedIOException("nothing came for " + patience.toSeconds() + " s");
            silent.initCause(e);
            throw silent;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    /** What is there already, not all that is wanted: a cut then costs nothing that came before it. */
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
