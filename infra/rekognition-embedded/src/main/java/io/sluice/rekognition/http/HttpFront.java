package io.sluice.rekognition.http;

import com.sun.net.httpserver.HttpServer;
import io.sluice.rekognition.api.Operations;
import io.sluice.rekognition.faults.Traffic;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Listens on the port, and answers each request on a virtual thread of its own. */
public final class HttpFront implements AutoCloseable {
    private static final int BACKLOG = 256;
    private static final int STOP_SECONDS = 5;

    private final HttpServer server;
    private final ExecutorService threads;

    private HttpFront(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts to serve the operations.
     *
     * @param acceptedKeyId the only access key id that callers may use; null for any
     * @throws BindException when the port is taken
     */
    public static HttpFront listen(InetSocketAddress address, Operations operations, @Nullable String acceptedKeyId)
            throws IOException {
        try {
            var server = HttpServer.create(address, BACKLOG);
            var threads = Executors.newVirtualThreadPerTaskExecutor();
            var traffic = new Traffic(System::nanoTime);
            server.setExecutor(threads);
            server.createContext("/", new OperationHandler(operations, traffic, acceptedKeyId));
            server.createContext(AdminHandler.PATH, new AdminHandler(traffic));
            server.start();
            return new HttpFront(server, threads);
        } catch (BindException refused) {
            var taken = new BindException("cannot listen on %s:%d: %s"
                    .formatted(address.getHostString(), address.getPort(), refused.getMessage()));
            taken.initCause(refused);
            throw taken;
        }
    }

    /** {@return the port it listens on} */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Gives running calls five seconds to finish, then stops. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop(0); // it would wait now and then although no call is left
        threads.shutdownNow();
    }
}
