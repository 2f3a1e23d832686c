package io.sluice.rekognition.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.rekognition.protocol.ApiError;
import io.sluice.rekognition.protocol.Rejection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficTest {
    private final AtomicLong now = new AtomicLong();
    private final Traffic traffic = new Traffic(now::get);

    private static Faults faults(String json) throws IOException {
        return FaultRequest.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** {@return the error of each call; OK where there was none} */
    private List<String> outcomes(int calls) throws InterruptedException {
        var outcomes = new ArrayList<String>();
        for (int i = 0; i < calls; i++) {
            try {
                outcomes.add(traffic.pass("IndexFaces", () -> "OK"));
            } catch (Rejection refused) {
                outcomes.add(refused.error().type());
            }
        }
        return outcomes;
    }

    @Test
    void withoutFaultsEveryCallPasses() throws Exception {
        assertThat(outcomes(100)).containsOnly("OK");
        assertThat(traffic.stats()).isEqualTo(new Traffic.Stats(Map.of("IndexFaces", 100L), 100, 0, 1));
    }

    @Test
    void callsOverTheRateAreThrottledWithBothErrorsInTurn() throws Exception {
        traffic.set(faults("{\"tps\": 5}"));

        assertThat(outcomes(8))
                .containsExactly(
                        "OK",
                        "OK",
                        "OK",
                        "OK",
                        "OK",
                        "ProvisionedThroughputExceededException",
                        "ThrottlingException",
                        "ProvisionedThroughputExceededException");
        now.addAndGet(Duration.ofMillis(400).toNanos());
        assertThat(outcomes(3)).containsExactly("OK", "OK", "ThrottlingException");
        assertThat(traffic.stats()).isEqualTo(new Traffic.Stats(Map.of("IndexFaces", 11L), 7, 4, 1));
    }

    @Test
    void aPauseSavesUpTheCallsOfOneSecondOnly() throws Exception {
        traffic.set(faults("{\"tps\": 5}"));
        outcomes(5);
        now.addAndGet(Duration.ofHours(1).toNanos());

        assertThat(outcomes(20)).filteredOn("OK"::equals).hasSize(5);
    }

    @Test
    void aRateBelowOneCallASecondIsKept() throws Exception {
        traffic.set(faults("{\"tps\": 0.5}"));

        assertThat(outcomes(2)).filteredOn("OK"::equals).hasSize(1);
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(outcomes(2)).filteredOn("OK"::equals).hasSize(1);
    }

    @Test
    void aShareOfTheCallsFails() throws Exception {
        traffic.set(faults("{\"error\": \"InternalServerError\", \"share\": 0.25}"));

        assertThat(outcomes(8))
                .containsExactly("OK", "OK", "OK", "InternalServerError", "OK", "OK", "OK", "InternalServerError");
        assertThat(traffic.stats().succeeded()).isEqualTo(6);
        assertThat(traffic.stats().throttled()).isZero();
    }

    @Test
    void anErrorWithoutAShareIsThatOfEveryCall() throws Exception {
        traffic.set(faults("{\"error\": \"ThrottlingException\"}"));

        assertThat(outcomes(3)).containsOnly("ThrottlingException");
        assertThat(traffic.stats().throttled()).isEqualTo(3);
    }

    @Test
    void eachSettingReplacesTheLastAndCountsFromZero() throws Exception {
        traffic.set(faults("{\"error\": \"AccessDeniedException\"}"));
        outcomes(3);
        traffic.set(faults("{\"tps\": 1000}"));
        assertThat(outcomes(2)).containsOnly("OK");
        traffic.set(faults("{}"));

        assertThat(traffic.stats()).isEqualTo(new Traffic.Stats(Map.of(), 0, 0, 0));
        assertThat(outcomes(2000)).containsOnly("OK");
    }

    @Test
    void callsAtTheSameTimeAreCounted() throws Exception {
        var isIn = new CountDownLatch(7);
        var mayGo = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Future<String>>();
            for (int i = 0; i < 7; i++) {
                calls.add(threads.submit(() -> traffic.pass("SearchFaces", () -> {
                    isIn.countDown();
                    await(mayGo);
                    return "OK";
                })));
            }
            await(isIn);
            traffic.set(Faults.NONE);
            mayGo.countDown();
            for (var call : calls) {
                call.get();
            }
        }
        outcomes(1);

        assertThat(traffic.stats().maxInFlight())
                .as("those that were under way when the faults were set count")
                .isEqualTo(7);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"tps\": 0}; tps must be above 0",
                "{\"latency_ms\": -1}; latency_ms must be between",
                "{\"error\": \"ThrottlingException\", \"share\": 1.5}; share must be between 0 and 1",
                "{\"share\": 0.5}; share needs an error",
                "{\"error\": \"NoSuchException\"}; NoSuchException is not an error",
                "{\"rate\": 5}; rate",
                "{; end-of-input"
            })
    void faultsThatAreNotValidAreRefused(String json, String reason) {
        assertThatThrownBy(() -> faults(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void faultsAreReadFromTheirJson() throws Exception {
        var faults = faults("{\"tps\": 2.5, \"latency_ms\": 40, \"error\": \"ThrottlingException\", \"share\": 0.1}");

        assertThat(faults.callsPerSecond()).hasValue(2.5);
        assertThat(faults.latency()).hasMillis(40);
        assertThat(faults.error()).contains(ApiError.THROTTLING);
        assertThat(faults.share()).isEqualTo(0.1);
    }
}
