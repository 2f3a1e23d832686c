package io.sluice.gateway.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.gateway.config.GatewayConfig;
import io.sluice.gateway.idempotency.Claim;
import io.sluice.gateway.idempotency.Fingerprint;
import io.sluice.gateway.intake.DurableWrites;
import io.sluice.gateway.intake.Intake;
import io.sluice.jobs.board.JobBoard;
import io.sluice.runtime.EventPublisher;
import io.sluice.runtime.SluiceConfig;
import io.sluice.schemas.Topic;
import io.sluice.schemas.event.Event;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobStatus;
import io.sluice.schemas.wire.EntityVersion;
import io.sluice.testkit.Samples;
import io.sluice.web.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProductIntakeTest {
    private static final String JOB = "11111111-2222-4333-8444-555555555555";
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final GatewayConfig config = new GatewayConfig(
            0,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofMillis(200),
            1 << 20,
            Duration.ofSeconds(1),
            1_000);
    private final JobBoard board = new JobBoard(1_000, id -> Optional.empty());
    private final Recorder kafka = new Recorder();
    private final ProductIntake intake = intake(Runnable::run);

    @Test
    void writesTheProductAndThenTheQueuedEventOfItsJob() {
        var accepted = Intake.await(intake.save(Samples.product("p-1")));

        assertThat(accepted.jobId()).isEqualTo(JOB);
        assertThat(kafka.written).hasSize(2);
        assertThat(kafka.written.getFirst())
                .isEqualTo(new Write("products.v1", "p-1", Samples.product("p-1"), Map.of("x-job-id", JOB)));
        assertThat(kafka.written.getLast().event()).isInstanceOfSatisfying(JobEvent.class, queued -> {
            assertThat(queued.outcome()).isEqualTo(JobStatus.QUEUED);
            assertThat(queued.subject()).isEqualTo("p-1");
            assertThat(queued.version()).isEqualTo(EntityVersion.of(1, 41));
            assertThat(queued.at()).isEqualTo(NOW);
        });
    }

    @Test
    void knowsTheJobBeforeItAnswers() {
        Intake.await(intake.save(Samples.product("p-1")));

        assertThat(board.find(JOB)).get().extracting(Job::status).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void listensForTheOutcomeBeforeAnythingIsWritten() {
        kafka.beforeFirst = () ->
                board.update(Job.of(JOB, "product", JobStatus.SUCCEEDED, NOW).withSubject("p-1"));

        assertThat(Intake.await(intake.save(Samples.product("p-1"))).outcome()).isCompleted();
    }

    @Test
    void deletesWithATombstoneThatNamesTheJob() {
        Intake.await(intake.delete("p-1"));

        assertThat(kafka.written.getFirst()).isEqualTo(new Write("products.v1", "p-1", null, Map.of("x-job-id", JOB)));
    }

    @Test
    void storesTheFingerprintWithTheJobOfAKey() {
        assertThat(Intake.await(intake.save(claim("mine"), Samples.product("p-1"), false))
                        .jobId())
                .isEqualTo("mine");
        assertThat(kafka.written)
                .allSatisfy(write -> assertThat(write.headers()).containsEntry("x-job-id", "mine"));
        assertThat(kafka.written.getLast().event())
                .isInstanceOfSatisfying(
                        JobEvent.class,
                        queued -> assertThat(queued.fingerprint()).isEqualTo("hash of mine"));
        assertThat(board.find("mine")).get().extracting(Job::fingerprint).isEqualTo("hash of mine");
    }

    @Test
    void givesTheOutcomeToACallThatIsSentAgain() {
        var over = Job.of("old", "product", JobStatus.SUCCEEDED, NOW).withSubject("p-1");

        assertThat(intake.follow(over, "p-1").outcome()).isCompletedWithValue(over);
        assertThat(kafka.written).isEmpty();
    }

    @Test
    void writesChangesInOrderWithoutWaitingForTheOneBefore() {
        kafka.holding = true;

        var first = intake.save(claim("job-1"), Samples.product("p-1"), false);
        var second = intake.save(claim("job-2"), Samples.product("p-1"), false);

        assertThat(kafka.written).extracting(Write::topic).containsExactly("products.v1", "products.v1");
        assertThat(kafka.written)
                .extracting(write -> write.headers().get("x-job-id"))
                .containsExactly("job-1", "job-2");
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
        kafka.release();
        assertThat(first).isNotDone(); // Kafka has not stored the job's event yet
        assertThat(board.find("job-1")).isEmpty();
        kafka.release();
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
    }

    @Test
    void acceptsNothingThatKafkaRefuses() {
        for (int failing = 0; failing < 2; failing++) {
            kafka.written.clear();
            kafka.failing = failing;
            kafka.failure = new TimeoutException("no leader");
            refused("KAFKA_UNAVAILABLE", 503);
            assertThat(board.find(JOB)).isEmpty();
        }
    }

    @Test
    void acceptsNothingThatKafkaDoesNotConfirm() {
        kafka.failing = 0;
        kafka.failure = null;
        refused("KAFKA_UNAVAILABLE", 503);
    }

    @Test
    void blamesTheCallerForAProductThatIsTooLarge() {
        kafka.failing = 0;
        kafka.failure = new RecordTooLargeException("2 MB");
        refused("VALIDATION_FAILED", 422);
    }

    @Test
    void asksTheCallerToRetryWhenTheGatewayStops() {
        var stopping = intake(task -> {
            throw new RejectedExecutionException("stopping");
        });

        assertThatThrownBy(() -> Intake.await(stopping.save(Samples.product("p-1"))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        thrown -> assertThat(thrown.problem().code()).isEqualTo("KAFKA_UNAVAILABLE"));
    }

    @Test
    void stopsWaitingForTheOutcomeWhenTheWriteFails() {
        kafka.beforeFirst = () -> {
            throw new IllegalStateException("cannot be encoded");
        };

        assertThat(intake.save(Samples.product("p-1"))).isCompletedExceptionally();
        assertThat(board.watched()).isZero();
    }

    private ProductIntake intake(Executor threads) {
        return new ProductIntake(
                new Intake(new DurableWrites(kafka, config, threads), board),
                board,
                () -> JOB,
                Clock.fixed(NOW, ZoneOffset.UTC),
                SluiceConfig.ofDefaults());
    }

    private void refused(String code, int status) {
        assertThatThrownBy(() -> Intake.await(intake.save(Samples.product("p-1"))))
                .isInstanceOfSatisfying(ProblemException.class, thrown -> {
                    assertThat(thrown.problem().code()).isEqualTo(code);
                    assertThat(thrown.problem().status()).isEqualTo(status);
                });
    }

    private static Claim.First claim(String jobId) {
        return new Claim.First(jobId, new Fingerprint("hash of " + jobId), () -> {});
    }

    private record Write(String topic, String key, @Nullable Event event, Map<String, String> headers) {}

    /** Stores the events that the test lets it store, at offset 41. */
    private static final class Recorder implements EventPublisher {
        final List<Write> written = new ArrayList<>();
        Runnable beforeFirst = () -> {};
        int failing = Integer.MAX_VALUE;
        boolean holding;
        private final List<CompletableFuture<Position>> held = new ArrayList<>();

        @Nullable Exception failure;

        @Override
        public <E extends Event> CompletableFuture<Position> publish(
                Topic<E> topic, String key, @Nullable E event, Map<String, String> headers) {
            if (written.isEmpty()) {
                beforeFirst.run();
            }
            if (written.size() == failing) {
                return failure == null ? new CompletableFuture<>() : CompletableFuture.failedFuture(failure);
            }
            written.add(new Write(topic.name(), key, event, headers));
            var written = new CompletableFuture<Position>();
            held.add(written);
            if (!holding) {
                release();
            }
            return written;
        }

        void release() {
            var now = List.copyOf(held);
            held.clear();
            now.forEach(written -> written.complete(new Position(0, 41)));
        }
    }
}
