package io.sluice.rekognizer.limits;

import static io.sluice.rekognizer.RekognizerFailure.REKOGNITION_BUDGET_USED_UP;
import static io.sluice.rekognizer.RekognizerFailure.REKOGNITION_THROTTLED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.rekognizer.FaceService;
import io.sluice.rekognizer.FaceServiceException;
import io.sluice.stores.limits.CallPermitTable;
import io.sluice.stores.limits.CallRateTable;
import io.sluice.stores.limits.CallRateTable.Limits;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.PostgresConfig;
import io.sluice.testkit.TestStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Instances that share their limits in one Postgres, before a face service that counts what it sees. */
@Timeout(120)
class LimitedFaceServiceIT {
    private static final int AT_ONCE = 4;
    private static final byte[] PICTURE = {1};

    private final Postgres postgres =
            new Postgres(PostgresConfig.of(TestStack.postgres().url()), 4);
    private final List<CallPermits> opened = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void schema() {
        postgres.awaitReady();
    }

    @AfterEach
    void close() {
        opened.forEach(CallPermits::close);
        postgres.close();
    }

    @Test
    void twoInstancesTogetherKeepToThePermitsAndToTheRate() throws Exception {
        var rekognition = new PretendFaces(Duration.ofMillis(100), 1_000);
        var limits = new Limits(20, 0);
        var instances = List.of(instance(rekognition, limits), instance(rekognition, limits));
        instances.forEach(LimitedFaceServiceIT::index); // the connections are there

        var began = System.nanoTime();
        all(instances, 100);
        var took = Duration.ofNanos(System.nanoTime() - began);

        assertThat(rekognition.mostInFlight).hasValueBetween(2, AT_ONCE);
        assertThat(took).isBetween(Duration.ofMillis(4_900), Duration.ofMillis(6_250)); // 80 % of the rate
        assertThat(rekognition.throttled).hasValue(0);
        assertThat(meters.get("sluice.rekognition.calls")
                        .tag("outcome", "succeeded")
                        .counter()
                        .count())
                .isEqualTo(102);
    }

    @Test
    void slowCallsOfTwoInstancesUseAllPermitsAndNoMore() throws Exception {
        var rekognition = new PretendFaces(Duration.ofMillis(200), 1_000);
        var limits = new Limits(1_000, 0);
        var instances = List.of(instance(rekognition, limits), instance(rekognition, limits));

        var began = System.nanoTime();
        all(instances, 60);
        var took = Duration.ofNanos(System.nanoTime() - began);

        assertThat(rekognition.mostInFlight).hasValue(AT_ONCE);
        // 60 calls of 200 ms, 4 at a time, are 3 s; the first second may pass before the second instance has its share
        assertThat(took).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(5));
    }

    @Test
    void anApiThatAllowsLessIsUsedToFourFifthsAndNothingFails() throws Exception {
        var rekognition = new PretendFaces(Duration.ofMillis(50), 5);
        var limits = new Limits(40, 0);
        var instances = List.of(instance(rekognition, limits), instance(rekognition, limits));

        all(instances, 30); // warms up: the rate falls
        var throttled = rekognition.throttled.get();
        var began = System.nanoTime();
        all(instances, 100);
        var took = Duration.ofNanos(System.nanoTime() - began);

        assertThat(rekognition.succeeded).hasValue(130);
        assertThat(took).as("100 calls at 4 a second").isLessThan(Duration.ofSeconds(25));
        assertThat(rekognition.throttled.get() - throttled)
                .as("1.3 calls for each")
                .isLessThan(30);
        assertThat(rekognition.mostInFlight.get()).isLessThanOrEqualTo(AT_ONCE);
    }

    @Test
    void theBudgetEndsTheCallsThatArePaid() {
        var rekognition = new PretendFaces(Duration.ZERO, 1_000);
        var faces = instance(rekognition, new Limits(1_000, 2));
        index(faces);
        faces.search("f1", 80);

        assertThatThrownBy(() -> index(faces)).isInstanceOfSatisfying(FaceServiceException.class, e -> {
            assertThat(e.failure().code()).isEqualTo(REKOGNITION_BUDGET_USED_UP);
            assertThat(e.failure().detail()).contains("SLUICE_REKOGNITION_DAILY_CALLS");
        });
        assertThatThrownBy(faces::probe).hasMessageContaining("the 2 calls of today are used up");
        assertThat(faces.delete(List.of("f1"))).as("forgetting goes on").containsExactly("f1");
        assertThat(rekognition.succeeded).hasValue(3);
        assertThat(meters.get("sluice.rekognition.budget.left").gauge().value()).isZero();
    }

    @Test
    void whatIsThrottledForHalfAMinuteFailsAsAnOutageAndItsProbeToo() {
        var rekognition = new PretendFaces(Duration.ZERO, 1_000);
        rekognition.refuses = true;
        var faces = instance(rekognition, new Limits(1_000, 0));

        assertThatThrownBy(() -> index(faces))
                .isInstanceOfSatisfying(
                        FaceServiceException.class,
                        e -> assertThat(e.failure().code()).isEqualTo(REKOGNITION_THROTTLED));
        assertThatThrownBy(faces::probe).isInstanceOf(FaceServiceException.class);

        rekognition.refuses = false;
        faces.probe();
        index(faces);
    }

    private LimitedFaceService instance(FaceService provider, Limits limits) {
        var name = "instance-" + opened.size();
        var table = new CallPermitTable(postgres, "test");
        var permits = new CallPermits(new LeasedPermits(table, name, AT_ONCE)).start();
        opened.add(permits);
        var pace = new CallPace(new CallRateTable(postgres, "test"), limits);
        return new LimitedFaceService(
                provider, permits, pace, new CallMeters(meters).watch(permits, pace), Math::random);
    }

    private static int index(FaceService faces) {
        return faces.index(PICTURE, "a1", 100).faces().size();
    }

    /** Makes so many calls at the same time, by all instances in turn. */
    private static void all(List<LimitedFaceService> instances, int calls) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = IntStream.range(0, calls)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> index(instances.get(i % instances.size()))))
                    .toList();
            for (var result : results) {
                result.get();
            }
        }
    }
}
