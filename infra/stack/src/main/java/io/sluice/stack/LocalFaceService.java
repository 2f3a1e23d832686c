package io.sluice.stack;

import io.sluice.rekognition.RekognitionServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The Rekognition stand-in, over a folder. It speaks Rekognition's JSON protocol, but is not Rekognition itself. */
public final class LocalFaceService implements AutoCloseable {
    private final RekognitionServer server;
    private final String host;

    private LocalFaceService(RekognitionServer server, String host) {
        this.server = server;
        this.host = host;
    }

    /** Starts a service on a free port of the loopback address, for pictures that are in requests. */
    public static LocalFaceService start(Path dir) {
        return start(dir, Part.LOOPBACK, 0, Optional::empty, null);
    }

    /**
     * Starts a service over a folder.
     *
     * @param port 0 for any free port
     * @param objectStore the address of the S3 server whose objects requests may name
     * @param models the folder of the models that see real faces; it may be missing; null for no models
     */
    public static LocalFaceService start(
            Path dir, String bind, int port, Supplier<Optional<URI>> objectStore, @Nullable Path models) {
        var listen = Part.REKOGNITION.claim(bind, port);
        try {
            var server =
                    RekognitionServer.start(new RekognitionServer.Config(bind, listen, dir, objectStore, null, models));
            return new LocalFaceService(server, Part.reachable(bind));
        } catch (RuntimeException e) {
            throw new StackException(
                    "The Rekognition stand-in did not start in %s (%s)".formatted(dir, e.getMessage()), e);
        }
    }

    /** {@return the endpoint for clients of Rekognition} */
    public String url() {
        return "http://%s:%d".formatted(host, server.port());
    }

    @Override
    public void close() {
        server.close();
    }
}
