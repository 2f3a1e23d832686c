package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.process.FreePorts;
import io.sluice.local.process.SluiceProcess;
import io.sluice.stack.Endpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./sluice stack} and {@code ./sluice run SERVICE}. The demo must fail when its products are not indexed. */
class StackApartIT {
    @TempDir
    Path folder;

    @Test
    void theDemoFailsWithoutAnIndexerAndPassesWithOne() throws Exception {
        var data = folder.resolve("data");
        var environment = new HashMap<>(FreePorts.environment());
        environment.put("SLUICE_DATA_DIR", data.toString());
        try (var stack = SluiceProcess.start(folder.resolve("run"), environment, "stack")) {
            stack.awaitLine("sluice stack ready");
            var endpoints = SluiceProcess.endpoints(data);
            try (var services = new Services(folder.resolve("services"), stores(endpoints))) {
                services.startEmbedder();
                services.startGateway();
                try (var demo = demo(services, endpoints, "8")) {
                    assertThat(demo.exitCode(Duration.ofMinutes(2))).isEqualTo(1);
                    assertThat(demo.err()).contains("after 8 s only this was done");
                    assertThat(demo.out()).doesNotContain("Every hit above was checked");
                }
                services.startImporter();
                services.startIndexer();
                try (var demo = demo(services, endpoints, "90")) {
                    assertThat(demo.exitCode(Duration.ofMinutes(2)))
                            .as(demo.err())
                            .isZero();
                    assertThat(demo.out())
                            .contains("Every hit above was checked against the ledger.")
                            .contains("Every row above is in Postgres, or was rejected with its reason.");
                }
            }
            stack.terminate();
            assertThat(stack.exitCode(Duration.ofSeconds(20))).isZero();
        }
    }

    private SluiceProcess demo(Services services, Endpoints endpoints, String patience) throws IOException {
        var environment = Map.of(
                "SLUICE_URL", services.gateway().toString(),
                "SLUICE_TOKEN", keyOf(services),
                "KAFKA_BOOTSTRAP_SERVERS", endpoints.get(Endpoints.KAFKA));
        return SluiceProcess.start(folder.resolve("demo"), environment, "demo", "--running", "--patience", patience);
    }

    private static String keyOf(Services services) throws IOException {
        try (var admin = services.client()) {
            return admin.apiKeys().add("demo", "producer").orElseThrow().secret();
        }
    }

    private static Map<String, String> stores(Endpoints endpoints) {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", endpoints.get(Endpoints.KAFKA),
                "DATABASE_URL", endpoints.get(Endpoints.POSTGRES),
                "DATABASE_USER", "postgres",
                "S3_ENDPOINT", endpoints.get(Endpoints.S3),
                "QDRANT_URL", endpoints.get(Endpoints.QDRANT));
    }
}
