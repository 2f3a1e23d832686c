package io.sluice.rekognition;

import io.sluice.rekognition.api.Operations;
import io.sluice.rekognition.face.FaceModels;
import io.sluice.rekognition.face.Pictures;
import io.sluice.rekognition.face.Vision;
import io.sluice.rekognition.http.HttpFront;
import io.sluice.rekognition.store.Catalog;
import io.sluice.rekognition.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stand-in for Amazon Rekognition, for development and tests. It speaks the JSON protocol of the face operations, and
 * has every change on disk before it answers. It knows the drawn people of the samples by the markers on their faces. It
 * tells real people apart only when it has models for that. It answers UnknownOperationException to operations that it does
 * not have.
 */
public final class RekognitionServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RekognitionServer.class);

    private final HttpFront front;
    private final Store store;
    private final Pictures pictures;

    private RekognitionServer(HttpFront front, Store store, Pictures pictures) {
        this.front = front;
        this.store = store;
        this.pictures = pictures;
    }

    /**
     * The server's address, data folder and surroundings.
     *
     * @param port 0 for any free port
     * @param dataDir made when it is missing; only one server may use it at a time
     * @param objectStore the address of the S3 server that has the pictures of {@code S3Object}; empty when there is none
     * @param accessKeyId the only access key id that callers may use; null for any
     * @param models the folder of the models that see real faces, which may be missing; null when there are none
     */
    public record Config(
            String bind,
            int port,
            Path dataDir,
            Supplier<Optional<URI>> objectStore,
            @Nullable String accessKeyId,
            @Nullable Path models) {
        /** A server that knows drawn people only. */
        public Config(
                String bind,
                int port,
                Path dataDir,
                Supplier<Optional<URI>> objectStore,
                @Nullable String accessKeyId) {
            this(bind, port, dataDir, objectStore, accessKeyId, null);
        }

        public Config {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port %d is not between 0 and 65535".formatted(port));
            }
        }
    }

    /**
     * Reads the data and serves it.
     *
     * @throws UncheckedIOException when the port is taken (the cause is a {@link BindException}), the data is in use, corrupt
     *     or cannot be read, or the models are not those that were pulled; the message says which
     */
    public static RekognitionServer start(Config config) {
        try {
            var vision = new Vision(config.models() == null ? Optional.empty() : FaceModels.in(config.models()));
            var store = Store.open(config.dataDir());
            var pictures = new Pictures(config.objectStore());
            try {
                var operations = new Operations(store, pictures, vision, Clock.systemUTC());
                var address = new InetSocketAddress(config.bind(), config.port());
                var front = HttpFront.listen(address, operations, config.accessKeyId());
                return new RekognitionServer(front, store, pictures).announced(config, vision);
            } catch (IOException | RuntimeException failure) {
                pictures.close();
                store.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The local Rekognition cannot start: " + failure.getMessage(), failure);
        }
    }

    private RekognitionServer announced(Config config, Vision vision) {
        log.atInfo()
                .addKeyValue("bind", config.bind())
                .addKeyValue("port", port())
                .addKeyValue("data_dir", config.dataDir())
                .addKeyValue("faces", store.read(Catalog::faceCount))
                .addKeyValue("model", vision.modelVersion())
                .log("a stand-in for Rekognition is serving; it is for development, not for production: it knows drawn"
                        + " people by their markers, " + vision.realPeople());
        return this;
    }

    /** {@return the port it listens on} */
    public int port() {
        return front.port();
    }

    /** Gives running calls five seconds to finish, then stops. */
    @Override
    public void close() {
        front.close();
        pictures.close();
        try {
            store.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("The local Rekognition's journal could not be closed", failure);
        }
    }
}
