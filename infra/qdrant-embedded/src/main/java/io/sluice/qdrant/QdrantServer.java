package io.sluice.qdrant;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.sluice.qdrant.api.ApiKeyInterceptor;
import io.sluice.qdrant.api.CollectionsService;
import io.sluice.qdrant.api.HealthService;
import io.sluice.qdrant.api.PointsService;
import io.sluice.qdrant.api.QdrantService;
import io.sluice.qdrant.store.Catalog;
import io.sluice.qdrant.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stand-in for Qdrant, for development and tests. It speaks Qdrant's gRPC protocol, searches exactly, and has every
 * write on disk before it answers. It has no cluster, no HTTP interface and no approximate index. It answers
 * UNIMPLEMENTED to requests that it does not support.
 */
public final class QdrantServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(QdrantServer.class);

    /** The real server has no limit. This one must hold a whole message in its heap. */
    private static final int LARGEST_MESSAGE = 256 << 20;

    private static final long STOP_SECONDS = 5;

    private final Server server;
    private final Store store;

    private QdrantServer(Server server, Store store) {
        this.server = server;
        this.store = store;
    }

    /**
     * The server's address, data folder and API key.
     *
     * @param port 0 for any free port
     * @param dataDir made when it is missing; only one server may use it at a time
     * @param apiKey the key that every call must carry; null to accept calls without a key
     */
    public record Config(
            String bind, int port, Path dataDir, @Nullable String apiKey) {
        /** Refuses a port out of range, and a blank key, which would protect nothing. */
        public Config {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port %d is not between 0 and 65535".formatted(port));
            }
            if (apiKey != null && apiKey.isBlank()) {
                throw new IllegalArgumentException("the API key is blank");
            }
        }

        @Override
        public String toString() {
            return "Config[bind=%s, port=%d, dataDir=%s]".formatted(bind, port, dataDir);
        }
    }

    /**
     * Reads the data and serves it.
     *
     * @throws UncheckedIOException when the port is taken (the cause is a {@link BindException}), or the data is in use,
     *     corrupt or cannot be read; the message says which
     */
    public static QdrantServer start(Config config) {
        try {
            var store = Store.open(config.dataDir());
            try {
                return new QdrantServer(listen(config, store), store).announced(config);
            } catch (IOException | RuntimeException failure) {
                store.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The local Qdrant cannot start: " + failure.getMessage(), failure);
        }
    }

    private static Server listen(Config config, Store store) throws BindException {
        var builder = NettyServerBuilder.forAddress(new InetSocketAddress(config.bind(), config.port()))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .maxInboundMessageSize(LARGEST_MESSAGE)
                .permitKeepAliveWithoutCalls(true)
                .permitKeepAliveTime(5, TimeUnit.SECONDS)
                .addService(new QdrantService())
                .addService(new HealthService())
                .addService(new CollectionsService(store))
                .addService(new PointsService(store));
        if (config.apiKey() != null) {
            builder.intercept(new ApiKeyInterceptor(config.apiKey()));
        }
        try {
            return builder.build().start();
        } catch (IOException refused) {
            var taken = new BindException(
                    "cannot listen on %s:%d: %s".formatted(config.bind(), config.port(), refused.getMessage()));
            taken.initCause(refused);
            throw taken;
        }
    }

    private QdrantServer announced(Config config) {
        log.atInfo()
                .addKeyValue("bind", config.bind())
                .addKeyValue("port", port())
                .addKeyValue("data_dir", config.dataDir())
                .addKeyValue("points", store.read(Catalog::pointCount))
                .log("a stand-in for Qdrant is serving; it is for development, not for production");
        return this;
    }

    /** {@return the port it listens on} */
    public int port() {
        return server.getPort();
    }

    /** Gives running calls five seconds to finish, then stops. */
    @Override
    public void close() {
        server.shutdown();
        try {
            if (!server.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow().awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException interrupted) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        try {
            store.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("The local Qdrant's journal could not be closed", failure);
        }
    }
}
