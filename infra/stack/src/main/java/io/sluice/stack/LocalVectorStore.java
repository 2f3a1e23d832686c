package io.sluice.stack;

import io.sluice.qdrant.QdrantServer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The Qdrant stand-in, over a folder. It speaks Qdrant's gRPC protocol, but is not Qdrant itself. */
public final class LocalVectorStore implements AutoCloseable {
    private final QdrantServer server;
    private final String host;

    private LocalVectorStore(QdrantServer server, String host) {
        this.server = server;
        this.host = host;
    }

    /** Starts a store on a free port of the loopback address. */
    public static LocalVectorStore start(Path dir) {
        return start(dir, Part.LOOPBACK, 0, null);
    }

    /**
     * Starts a store over a folder.
     *
     * @param port 0 for any free port
     * @param apiKey the API key that clients must send; null when they need none
     */
    public static LocalVectorStore start(Path dir, String bind, int port, @Nullable String apiKey) {
        var listen = Part.QDRANT.claim(bind, port);
        try {
            var server = QdrantServer.start(new QdrantServer.Config(bind, listen, dir, apiKey));
            return new LocalVectorStore(server, Part.reachable(bind));
        } catch (RuntimeException e) {
            throw new StackException("The Qdrant stand-in did not start in %s (%s)".formatted(dir, e.getMessage()), e);
        }
    }

    /** {@return the address for gRPC clients} */
    public String url() {
        return "http://%s:%d".formatted(host, server.port());
    }

    /** {@return the port it listens on} */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
