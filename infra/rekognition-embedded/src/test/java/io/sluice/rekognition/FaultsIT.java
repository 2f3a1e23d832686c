package io.sluice.rekognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rekognition.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.rekognition.model.RekognitionException;
import software.amazon.awssdk.services.rekognition.model.ThrottlingException;

class FaultsIT {
    @TempDir
    Path folder;

    @Test
    void theClientIsThrottledAndTheStatsTellIt() throws Exception {
        try (var rekognition = LocalRekognition.on(folder)) {
            rekognition.client().createCollection(request -> request.collectionId("c"));
            rekognition.setFaults("{\"tps\": 0.001}");
            var picture = Drawn.photo(Drawn.people(1, 1).getFirst());
            rekognition.index("c", picture, request -> {});

            assertThatThrownBy(() -> rekognition.index("c", picture, request -> {}))
                    .isInstanceOf(ProvisionedThroughputExceededException.class);
            assertThatThrownBy(() -> rekognition.index("c", picture, request -> {}))
                    .isInstanceOf(ThrottlingException.class);
            assertThat(new ObjectMapper().readTree(rekognition.stats())).isEqualTo(new ObjectMapper().readTree("""
                    {"calls": {"IndexFaces": 3}, "succeeded": 1, "throttled": 2, "max_in_flight": 1}"""));

            rekognition.setFaults("{}");
            rekognition.index("c", picture, request -> {});
        }
    }

    @Test
    void noFaultSurvivesARestart() {
        try (var rekognition = LocalRekognition.on(folder)) {
            rekognition.setFaults("{\"error\": \"AccessDeniedException\"}");
            assertThatThrownBy(() -> rekognition.client().listCollections(request -> {}))
                    .isInstanceOf(RekognitionException.class);
        }
        try (var rekognition = LocalRekognition.on(folder)) {
            assertThat(rekognition.client().listCollections(request -> {}).collectionIds())
                    .isEmpty();
        }
    }

    @Test
    void callsThatTakeLongerOverlap() throws Exception {
        try (var rekognition = LocalRekognition.on(folder);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            rekognition.setFaults("{\"latency_ms\": 300}");
            var began = System.nanoTime();
            var calls = new ArrayList<Future<?>>();
            for (int i = 0; i < 5; i++) {
                calls.add(threads.submit(() -> rekognition.client().listCollections(request -> {})));
            }
            for (var call : calls) {
                call.get();
            }

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
            assertThat(new ObjectMapper()
                            .readTree(rekognition.stats())
                            .path("max_in_flight")
                            .intValue())
                    .isBetween(2, 5);
        }
    }

    @Test
    void faultsThatAreNotValidAreRefusedWithTheReason() {
        try (var rekognition = LocalRekognition.on(folder)) {
            assertThatThrownBy(() -> rekognition.setFaults("{\"error\": \"NoSuchException\"}"))
                    .hasMessageContaining("NoSuchException is not an error of Rekognition");
            assertThat(rekognition
                            .send(HttpRequest.newBuilder(rekognition.address().resolve("/_sluice/other"))
                                    .build())
                            .statusCode())
                    .isEqualTo(404);
        }
    }
}
