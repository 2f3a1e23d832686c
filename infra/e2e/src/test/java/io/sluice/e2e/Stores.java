package io.sluice.e2e;

import io.sluice.local.process.FreePorts;
import io.sluice.stack.LocalBroker;
import io.sluice.stack.LocalFaceService;
import io.sluice.stack.LocalObjectStore;
import io.sluice.stack.LocalPostgres;
import io.sluice.stack.LocalVectorStore;
import io.sluice.stack.Part;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The local stack in this JVM. Its parts can be stopped, and started again on the same port and data. */
final class Stores implements AutoCloseable {
    private final Path folder;
    private final LocalBroker broker;
    private final int postgresPort;
    private final int s3Port;
    private final int qdrantPort;
    private @Nullable LocalPostgres postgres;
    private @Nullable LocalObjectStore s3;
    private @Nullable LocalVectorStore qdrant;
    private @Nullable LocalFaceService faces;

    Stores(Path folder) {
        this.folder = folder;
        var ports = FreePorts.take(3);
        this.postgresPort = ports.get(0);
        this.s3Port = ports.get(1);
        this.qdrantPort = ports.get(2);
        this.broker = LocalBroker.start(folder.resolve("kafka"));
        startPostgres();
        startS3();
        startQdrant();
    }

    String kafka() {
        return broker.bootstrapServers();
    }

    Map<String, String> environment() {
        var environment = new HashMap<>(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
                "DATABASE_URL", jdbcUrl(),
                "DATABASE_USER", "postgres",
                "S3_ENDPOINT", s3Url(),
                "QDRANT_URL", qdrantUrl()));
        if (faces != null) {
            environment.put("SLUICE_FACES", "on");
            environment.put("REKOGNITION_ENDPOINT", faces.url());
        }
        return environment;
    }

    /** Starts the stand-in for Rekognition. Services that are started from now on find faces. {@return its address} */
    String startFaces() {
        faces = LocalFaceService.start(folder.resolve("rekognition"));
        return faces.url();
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + postgresPort + "/sluice";
    }

    String s3Url() {
        return "http://127.0.0.1:" + s3Port;
    }

    String qdrantUrl() {
        return "http://127.0.0.1:" + qdrantPort;
    }

    void startPostgres() {
        postgres = LocalPostgres.start(
                folder.resolve("postgres"), folder.resolve("postgres-binaries"), Part.LOOPBACK, postgresPort);
    }

    void stopPostgres() {
        if (postgres != null) {
            postgres.close();
            postgres = null;
        }
    }

    void startS3() {
        s3 = LocalObjectStore.start(folder.resolve("s3"), Part.LOOPBACK, s3Port);
    }

    void stopS3() {
        if (s3 != null) {
            s3.close();
            s3 = null;
        }
    }

    void startQdrant() {
        qdrant = LocalVectorStore.start(folder.resolve("qdrant"), Part.LOOPBACK, qdrantPort, null);
    }

    void stopQdrant() {
        if (qdrant != null) {
            qdrant.close();
            qdrant = null;
        }
    }

    @Override
    public void close() {
        if (faces != null) {
            faces.close();
        }
        stopQdrant();
        stopS3();
        stopPostgres();
        broker.close();
    }
}
