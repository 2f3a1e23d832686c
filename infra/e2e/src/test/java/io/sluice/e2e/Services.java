package io.sluice.e2e;

import io.sluice.client.SluiceClient;
import io.sluice.client.monitoring.ServiceMonitor;
import io.sluice.local.access.AdminPassword;
import io.sluice.local.process.FreePorts;
import io.sluice.local.process.SluiceProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** The services, each in a process of its own, configured by environment variables. */
final class Services implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);

    private final Path folder;
    private final Map<String, String> stores;
    private final List<SluiceProcess> processes = new ArrayList<>();
    private final int httpPort;
    private final int embedderPort;

    /** @param stores the variables with the addresses of Kafka, Postgres, S3 and Qdrant */
    Services(Path folder, Map<String, String> stores) {
        this.folder = folder;
        this.stores = Map.copyOf(stores);
        var ports = FreePorts.take(2);
        this.httpPort = ports.get(0);
        this.embedderPort = ports.get(1);
    }

    URI gateway() {
        return URI.create("http://127.0.0.1:" + httpPort);
    }

    /** {@return a client that signs in as the admin; the gateway is closed to others} */
    SluiceClient client() {
        if (!AdminPassword.awaitSignIn(gateway(), data(), START)) {
            throw new IllegalStateException("there is no admin");
        }
        return new SluiceClient(gateway(), AdminPassword.credentials(gateway(), data()));
    }

    /** {@return a client of the other gateway, which signs in as the admin} */
    SluiceClient clientOf(URI gateway) {
        return new SluiceClient(gateway, AdminPassword.credentials(gateway, data()));
    }

    private Path data() {
        return folder.resolve("data");
    }

    SluiceProcess startGateway() {
        return start("gateway", "SLUICE_HTTP_PORT", httpPort);
    }

    /** Starts another gateway beside the first. {@return its address} */
    URI startAnotherGateway() {
        var port = FreePorts.take(1).getFirst();
        start("gateway", "SLUICE_HTTP_PORT", port, folder.resolve("data-of-another-gateway"));
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Starts a gateway that lacks the secret for its tokens, and so ends at once. */
    SluiceProcess startGatewayWithoutSecret() {
        return SluiceProcess.start(folder, stores, "run", "gateway");
    }

    /** Starts the embedder from which the gateway gets query vectors. */
    SluiceProcess startEmbedder() {
        return start("embedder", "SLUICE_EMBEDDER_PORT", embedderPort);
    }

    /** Starts another embedder beside the first. */
    SluiceProcess startAnotherEmbedder() {
        return start("embedder", "SLUICE_EMBEDDER_PORT", FreePorts.take(1).getFirst());
    }

    SluiceProcess startRekognizer() {
        return start("rekognizer", "SLUICE_REKOGNIZER_PORT", FreePorts.take(1).getFirst());
    }

    SluiceProcess startImporter() {
        return start("importer", "SLUICE_IMPORTER_PORT", FreePorts.take(1).getFirst());
    }

    SluiceProcess startIndexer() {
        return start("indexer", "SLUICE_INDEXER_PORT", FreePorts.take(1).getFirst());
    }

    private SluiceProcess start(String service, String portVariable, int port) {
        return start(service, portVariable, port, data());
    }

    private SluiceProcess start(String service, String portVariable, int port, Path data) {
        var environment = new HashMap<>(stores);
        environment.put("SLUICE_DATA_DIR", data.toString());
        environment.put("SLUICE_PARTITIONS", "4");
        environment.put("SLUICE_JWT_SECRET", "a secret of the tests, 32 bytes or more");
        environment.putAll(KafkaTopics.SHORT_SESSIONS);
        environment.put("EMBEDDER_URL", "http://127.0.0.1:" + embedderPort);
        environment.put(portVariable, String.valueOf(port));
        var process = SluiceProcess.start(folder, environment, "run", service);
        processes.add(process);
        awaitReady(process, URI.create("http://127.0.0.1:" + port));
        return process;
    }

    private static void awaitReady(SluiceProcess process, URI address) {
        try (var service = new ServiceMonitor(address)) {
            Awaitility.await()
                    .atMost(START)
                    .pollInterval(Duration.ofMillis(200))
                    .failFast(() -> {
                        if (!process.isAlive()) {
                            throw new IllegalStateException("the process ended: " + process.err());
                        }
                    })
                    .until(() -> isReady(service));
        }
    }

    private static boolean isReady(ServiceMonitor service) {
        try {
            return service.isReady();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        for (var process : processes.reversed()) {
            process.terminate();
        }
        for (var process : processes.reversed()) {
            process.close();
        }
    }
}
