package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.local.demo.Demo;
import io.sluice.local.demo.DemoFailedException;
import io.sluice.local.process.FreePorts;
import io.sluice.local.process.SluiceProcess;
import io.sluice.stack.Endpoints;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./sluice stack} and {@code ./sluice run SERVICE}, and a demo that must not say "done" when it is not. */
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
                assertThatThrownBy(() -> tour(services, endpoints, Duration.ofSeconds(8)))
                        .isInstanceOf(DemoFailedException.class)
                        .hasMessageContaining("after 8 s only this was done");
                services.startIndexer();
                assertThat(tour(services, endpoints, Duration.ofSeconds(90)))
                        .contains("Every hit above was checked against the ledger.");
            }
            stack.terminate();
            assertThat(stack.exitCode(Duration.ofSeconds(20))).isZero();
        }
    }

    private static String tour(Services services, Endpoints endpoints, Duration patience) throws Exception {
        var out = new ByteArrayOutputStream();
        new Demo(services.gateway(), endpoints.get(Endpoints.KAFKA), new PrintStream(out, true, UTF_8), patience).run();
        return out.toString(UTF_8);
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
