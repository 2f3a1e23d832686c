package io.sluice.testkit;

import static io.sluice.testkit.Pipelines.VECTORS;
import static io.sluice.testkit.Pipelines.embedding;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.PipelineStatus;
import io.sluice.runtime.PipelineStatus.Paused;
import io.sluice.runtime.PipelineStatus.Running;
import io.sluice.runtime.json.Decoded;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.runtime.kafka.TopicPlan;
import io.sluice.runtime.run.RunningPipelines;
import io.sluice.schemas.Topics;
import io.sluice.schemas.pipeline.PipelineControl;
import io.sluice.schemas.pipeline.PipelineReport;
import io.sluice.schemas.pipeline.PipelineState;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An admin pauses a pipeline; services follow, whether they run already or start later. */
class PauseIT {
    private static final String REASON = "Qdrant moves to another machine";
    private static final Instant SINCE = Instant.parse("2026-11-27T02:10:00Z");
    private static final Duration EFFECTIVE = Duration.ofSeconds(2);

    private final TestKafka kafka = TestStack.kafka();
    private final String prefix = kafka.freshPrefix();
    private final TopicNames names = new TopicNames(prefix);
    private final JsonCodec codec = new JsonCodec();
    private final Set<String> handled = new ConcurrentSkipListSet<>();

    @BeforeEach
    void topics() {
        new TopicPlan(kafka.brokers(), names, 2, -1).ensure(Topics.PRODUCTS, Topics.PIPELINE_CONTROLS);
    }

    @Test
    void twoInstancesStopWithinTwoSecondsAndLoseNothingWhenTheyResume() {
        try (var one = start();
                var two = start()) {
            write(0, 20);
            PipelineLab.await().until(() -> handled.size() == 20);

            pause();
            Awaitility.await()
                    .atMost(EFFECTIVE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> status(one) instanceof Paused && status(two) instanceof Paused);
            write(20, 60);
            // a record on each partition comes after those that must not be handled, and the polls go on
            Awaitility.await().during(Duration.ofSeconds(1)).until(() -> handled.size() == 20);
            assertThat(status(one)).isEqualTo(new Paused("ann", REASON, SINCE));

            resume();
            Awaitility.await()
                    .atMost(EFFECTIVE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> status(one) instanceof Running && status(two) instanceof Running);
            PipelineLab.await().until(() -> handled.size() == 60);
        }
        assertThat(vectors()).isEqualTo(new TreeSet<>(ids(0, 60)));
    }

    @Test
    void aRestartFindsThePipelinePausedForTheSameReasonAndReadsNothing() {
        try (var service = start()) {
            write(0, 5);
            PipelineLab.await().until(() -> handled.size() == 5);
            pause();
            PipelineLab.await().until(() -> status(service) instanceof Paused);
        }
        write(5, 10);

        try (var again = start()) {
            PipelineLab.await().until(() -> status(again).equals(new Paused("ann", REASON, SINCE)));
            PipelineLab.await().until(() -> members() > 0);
            Awaitility.await().during(Duration.ofSeconds(1)).until(() -> handled.size() == 5);
            assertThat(lag()).isEqualTo(5);

            resume();
            PipelineLab.await().until(() -> lag() == 0);
        }
        assertThat(vectors()).isEqualTo(new TreeSet<>(ids(0, 10)));
    }

    @Test
    void aPauseOfAServiceThatIsDownTakesEffectWhenItStarts() {
        pause();
        write(0, 5);

        try (var service = start()) {
            PipelineLab.await().until(() -> status(service) instanceof Paused);
            Awaitility.await().during(Duration.ofSeconds(1)).until(() -> handled.isEmpty());
        }
    }

    @Test
    void aPauseOfAnotherGroupIsNotFollowed() {
        write(PipelineControl.pause("embedder@other-1", "embedder-other-1", "ann", REASON, SINCE));

        try (var service = start()) {
            write(0, 5);
            PipelineLab.await().until(() -> handled.size() == 5);
            assertThat(status(service)).isInstanceOf(Running.class);
        }
    }

    @Test
    void anInstanceReportsItsPipelinesAndSaysWhenItStops() {
        try (var service = start()) {
            PipelineLab.await().until(() -> last(PipelineState.RUNNING).isPresent());
            pause();
            PipelineLab.await().until(() -> last(PipelineState.PAUSED).isPresent());

            var report = last(PipelineState.PAUSED).orElseThrow();
            assertThat(report.pipeline()).isEqualTo("embedder");
            assertThat(report.service()).isEqualTo("a-service");
            assertThat(report.topic()).isEqualTo("products.v1");
            assertThat(report.group()).isEqualTo("embedder");
            assertThat(report.by()).isEqualTo("ann");
            assertThat(report.reason()).isEqualTo(REASON);
            assertThat(report.since()).isEqualTo(SINCE);
            assertThat(service.isRunning()).isTrue();
        }
        assertThat(reports().values()).as("the instance said that it stopped").containsOnly(Optional.empty());
    }

    private ApplicationContext start() {
        Pipeline<?> pipeline = embedding(4, batch -> {
            batch.forEach(product -> handled.add(product.key()));
            return Pipelines.embedAll(batch);
        });
        return ApplicationContext.builder()
                .properties(Map.of(
                        "kafka.bootstrap.servers",
                        kafka.bootstrapServers(),
                        "sluice.service",
                        "a-service",
                        "sluice.topic-prefix",
                        prefix,
                        "sluice.partitions",
                        2))
                .singletons(pipeline)
                .start();
    }

    private static PipelineStatus status(ApplicationContext service) {
        return service.getBean(RunningPipelines.class).all().getFirst().status();
    }

    private void pause() {
        write(PipelineControl.pause("embedder", "embedder", "ann", REASON, SINCE));
    }

    private void resume() {
        write(PipelineControl.resume("embedder", "embedder", "bob", SINCE.plusSeconds(60)));
    }

    private void write(PipelineControl control) {
        kafka.write(
                names.of(Topics.PIPELINE_CONTROLS),
                control.pipeline(),
                new String(codec.encode(control), UTF_8),
                Map.of());
    }

    private void write(int from, int to) {
        for (var id : ids(from, to)) {
            var json = "{\"product_id\":\"%s\",\"name\":\"n\",\"description\":\"d\"}".formatted(id);
            kafka.write(names.of(Topics.PRODUCTS), id, json, Map.of());
        }
    }

    private static Set<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "p-" + i).collect(Collectors.toSet());
    }

    private Set<String> vectors() {
        return kafka.read(names.of(VECTORS)).stream()
                .map(message -> new String(message.key(), UTF_8))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private long lag() {
        return kafka.lag(names.group("embedder"), names.of(Topics.PRODUCTS));
    }

    private int members() throws Exception {
        return kafka.admin()
                .describeConsumerGroups(Set.of(names.group("embedder")))
                .all()
                .get()
                .values()
                .iterator()
                .next()
                .members()
                .size();
    }

    private Optional<PipelineReport> last(PipelineState status) {
        return reports().values().stream()
                .flatMap(Optional::stream)
                .filter(report -> report.status() == status)
                .findFirst();
    }

    /** {@return the last report under each key; empty where it is a tombstone} */
    private Map<String, Optional<PipelineReport>> reports() {
        var last = new LinkedHashMap<String, Optional<PipelineReport>>();
        for (var message : kafka.read(names.of(Topics.PIPELINE_STATUS))) {
            last.put(
                    new String(message.key(), UTF_8),
                    Optional.ofNullable(message.value())
                            .map(value -> switch (codec.decode(PipelineReport.class, value)) {
                                case Decoded.Intact<PipelineReport>(var report) -> report;
                                case Decoded.Unreadable<PipelineReport>(var failure) ->
                                    throw new AssertionError(failure.detail());
                            }));
        }
        return last;
    }
}
