package io.sluice.runtime.engine;

import static io.sluice.runtime.Failure.Scope.DEPENDENCY;
import static io.sluice.runtime.RuntimeFailure.KAFKA_UNAVAILABLE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.Received.Turn;
import io.sluice.runtime.RetryPolicy;
import io.sluice.runtime.RetryPolicy.Tier;
import io.sluice.runtime.engine.RetryPlan.Hop;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.Topics;
import io.sluice.schemas.job.JobStatus;
import io.sluice.schemas.wire.Headers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JobReportsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Failure AWAY = new Retryable(KAFKA_UNAVAILABLE, "away", DEPENDENCY, null);

    @Test
    void aJobAboutOneRecordHearsWhichOneAndOfEachRetry() {
        var reports = reports(Records.pipeline(batch -> List.of()));
        var envelope = envelope("p1", 7L, "job");

        assertThat(reports.retrying(envelope, AWAY, null))
                .hasValueSatisfying(report -> assertThat(json(report)).contains("\"subject\":\"p1\"", "\"version\":7"));
        assertThat(reports.retrying(envelope, AWAY, null)).isPresent();
    }

    @Test
    void aJobHearsWhenItsRecordIsTriedAgain() {
        var to = new Hop("products.v1.embedder.retry-2m", new Tier("retry-2m", Duration.ofMinutes(2)));
        var later = NOW.plusSeconds(120);

        var report = reports(Records.pipeline(batch -> List.of()))
                .of(envelope("p1", 7L, "job"), new Fate.Delayed(AWAY, 3, NOW, to, later));

        assertThat(report)
                .hasValueSatisfying(event -> assertThat(json(event))
                        .contains(
                                "\"outcome\":\"retrying\"",
                                "\"next_attempt_at\":\"" + later + "\"",
                                "\"code\":\"KAFKA_UNAVAILABLE\""));
    }

    @Test
    void aJobAboutManyRecordsHearsOfAnOutageOnceAndOfNoneOfItsRecords() {
        var reports = reports(aboutMany());

        var first = reports.retrying(envelope("companies:1", 7L, "job"), AWAY, null);
        var second = reports.retrying(envelope("companies:2", 8L, "job"), AWAY, null);
        var other = reports.retrying(envelope("companies:3", 9L, "other"), AWAY, null);
        var death = reports.of(envelope("companies:2", 8L, "job"), new Fate.Buried(AWAY, 3, NOW));

        assertThat(first).hasValueSatisfying(JobReportsTest::assertThatItNamesNoRecord);
        assertThat(second).isEmpty();
        assertThat(other).isPresent();
        assertThat(death).hasValueSatisfying(JobReportsTest::assertThatItNamesNoRecord);
    }

    @Test
    void aPipelineThatReportsNothingIsSilentAboutFailuresToo() {
        var reports = reports(Pipeline.named("second-indexer")
                .from(Topics.PRODUCTS)
                .reportsNothing()
                .handledBy(batch -> List.of(), RetryPolicy.ofDefaults()));
        var envelope = envelope("p1", 7L, "job");

        assertThat(reports.retrying(envelope, AWAY, null)).isEmpty();
        assertThat(reports.of(envelope, new Fate.Buried(AWAY, 3, NOW))).isEmpty();
        assertThat(reports.of(envelope, new Fate.Finished(List.of(), JobStatus.PROCESSING)))
                .isEmpty();
    }

    @Test
    void aRecordThatPassesAfterItCameBackFromTheDeadLettersIsReportedWithItsLetter() {
        var done = new Fate.Finished(List.of(), JobStatus.PROCESSING);
        var own = sentBack("products.v1.embedder.dlq/0-7");
        var silent = reports(Pipeline.named("embedder")
                .from(Topics.PRODUCTS)
                .reportsNothing()
                .handledBy(batch -> List.of(), RetryPolicy.ofDefaults()));

        for (var reports : List.of(reports(Records.pipeline(batch -> List.of())), reports(aboutMany()), silent)) {
            assertThat(reports.of(own, done)).hasValueSatisfying(report -> {
                assertThat(letter(report)).isEqualTo("products.v1.embedder.dlq/0-7");
                assertThat(json(report))
                        .contains("\"outcome\":\"processing\"", "\"redriven_from\":\"products.v1.embedder.dlq/0-7\"");
            });
        }
        var other = sentBack("product-vectors.builtin-1.v1.indexer.dlq/0-7");
        assertThat(silent.of(other, done)).isEmpty();
        assertThat(reports(Records.pipeline(batch -> List.of())).of(other, done))
                .hasValueSatisfying(report -> assertThat(letter(report)).isNull());
    }

    @Test
    void aRecordThatFailsAgainSaysWhereItCameFromAndMendsNothing() {
        var reports = reports(Records.pipeline(batch -> List.of()));

        assertThat(reports.retrying(sentBack("products.v1.embedder.dlq/0-7"), AWAY, null))
                .hasValueSatisfying(report -> {
                    assertThat(letter(report)).isNull();
                    assertThat(json(report)).contains("\"redriven_from\":\"products.v1.embedder.dlq/0-7\"");
                });
    }

    private static Envelope sentBack(String letter) {
        return new Envelope("p1", 7L, "job", 0, null, Turn.WAITED, Instant.EPOCH, letter);
    }

    private static @Nullable String letter(ProducerRecord<byte[], byte[]> report) {
        var header = report.headers().lastHeader(Headers.LETTER);
        return header == null ? null : new String(header.value(), UTF_8);
    }

    private static void assertThatItNamesNoRecord(ProducerRecord<byte[], byte[]> report) {
        assertThat(json(report)).doesNotContain("companies:", "\"version\":");
        assertThat(report.headers().lastHeader(Headers.ENTITY_VERSION)).isNull();
    }

    private static Envelope envelope(String key, long version, String jobId) {
        return new Envelope(key, version, jobId, 0, null, Turn.IN_ORDER, Instant.EPOCH, null);
    }

    private static Pipeline<?> aboutMany() {
        return Pipeline.named("row-indexer")
                .from(Topics.PRODUCTS)
                .reportsFailures("import")
                .handledBy(batch -> Collections.nCopies(batch.size(), Outcome.done()), RetryPolicy.ofDefaults());
    }

    private static JobReports reports(Pipeline<?> pipeline) {
        return new JobReports(
                pipeline,
                "job-events.v1",
                "products.v1.embedder.dlq",
                new JsonCodec(),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static String json(ProducerRecord<byte[], byte[]> report) {
        return new String(report.value(), UTF_8);
    }
}
