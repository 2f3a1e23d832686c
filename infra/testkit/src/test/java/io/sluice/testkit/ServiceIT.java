package io.sluice.testkit;

import static io.sluice.testkit.Pipelines.VECTORS;
import static io.sluice.testkit.Pipelines.embedding;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.health.HealthStatus;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Liveness;
import io.sluice.runtime.DeadLetterConfig;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.PipelineStatus.Dead;
import io.sluice.runtime.PipelineStatus.Suspended;
import io.sluice.runtime.RetryPolicy;
import io.sluice.runtime.Source;
import io.sluice.runtime.health.PipelineHealth;
import io.sluice.runtime.kafka.Brokers;
import io.sluice.runtime.kafka.KafkaSettings;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.runtime.kafka.TopicPlan;
import io.sluice.runtime.run.RunningPipelines;
import io.sluice.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class ServiceIT {
    private final TestKafka kafka = TestStack.kafka();
    private final String prefix = kafka.freshPrefix();
    private final TopicNames names = new TopicNames(prefix);

    @Test
    void aPipelineThatIsABeanRunsFromStartToStop() {
        try (var service = start(embedding(4, Pipelines::embedAll))) {
            kafka.write(names.of(Topics.PRODUCTS), "p", json("p"), Map.of());
            PipelineLab.await().until(() -> !kafka.read(names.of(VECTORS)).isEmpty());

            var running = service.getBean(RunningPipelines.class).all();
            assertThat(running)
                    .singleElement()
                    .satisfies(pipeline -> assertThat(pipeline.pipeline().describe())
                            .isEqualTo("products.v1 -> embedder -> product-vectors.test-1.v1"));
            assertThat(health(service))
                    .containsEntry("pipelines", HealthStatus.UP)
                    .containsEntry("pipeline-threads", HealthStatus.UP);
            PipelineLab.await()
                    .untilAsserted(() -> assertThat(service.getBean(MeterRegistry.class)
                                    .get("sluice.pipeline.records")
                                    .tags("pipeline", "embedder", "outcome", "processing")
                                    .counter()
                                    .count())
                            .isEqualTo(1));
        }
        kafka.write(names.of(Topics.PRODUCTS), "q", json("q"), Map.of());

        try (var again = start(embedding(4, Pipelines::embedAll))) {
            PipelineLab.await().until(() -> kafka.read(names.of(VECTORS)).size() > 1);
            assertThat(again.isRunning()).isTrue();
        }
        assertThat(kafka.read(names.of(VECTORS)))
                .as("the stop committed the handled records")
                .extracting(ConsumerRecord::key)
                .containsExactlyInAnyOrder("p".getBytes(UTF_8), "q".getBytes(UTF_8));
    }

    @Test
    void aServiceWhosePipelineDiedIsNotAlive() {
        try (var service = start(embedding(4, batch -> List.of()))) {
            kafka.write(names.of(Topics.PRODUCTS), "p", json("p"), Map.of());
            PipelineLab.await()
                    .until(() -> service.getBean(RunningPipelines.class)
                                    .all()
                                    .getFirst()
                                    .status()
                            instanceof Dead);

            assertThat(health(service))
                    .containsEntry("pipelines", HealthStatus.DOWN)
                    .containsEntry("pipeline-threads", HealthStatus.DOWN);
            assertThat(service.getBeansOfType(HealthIndicator.class, Qualifiers.byStereotype(Liveness.class)))
                    .hasSizeGreaterThanOrEqualTo(1);
        }
    }

    @Test
    void aServiceWhosePipelineIsSuspendedIsReadyAndSaysSoAlsoAfterARestart() {
        Pipeline<?> failing = embedding(16, batch -> {
            throw new IllegalStateException("a defect");
        });
        new TopicPlan(kafka.brokers(), names, 2, -1).ensure(Topics.PRODUCTS);
        for (var i = 0; i < 60; i++) {
            kafka.write(names.of(Topics.PRODUCTS), "p-" + i, json("p-" + i), Map.of());
        }
        for (var start = 0; start < 2; start++) {
            try (var service = start(failing)) {
                PipelineLab.await()
                        .until(() -> service.getBean(RunningPipelines.class)
                                        .all()
                                        .getFirst()
                                        .status()
                                instanceof Suspended);

                assertThat(health(service))
                        .containsEntry("pipelines", PipelineHealth.DEGRADED)
                        .containsEntry("pipeline-threads", HealthStatus.UP);
                assertThat(String.valueOf(details(service).get("embedder")))
                        .startsWith("suspended by UNCLASSIFIED since ");
            }
        }
    }

    @Test
    void aTopicWithAnotherCleanupPolicyStopsTheStart() throws Exception {
        var wrong = new NewTopic(names.of(Topics.PRODUCTS), 1, (short) 1).configs(Map.of("cleanup.policy", "delete"));
        kafka.admin().createTopics(List.of(wrong)).all().get();
        PipelineLab.await().until(() -> kafka.admin().listTopics().names().get().contains(wrong.name()));

        assertThatThrownBy(() -> start(embedding(4, Pipelines::embedAll)).close())
                .hasStackTraceContaining(wrong.name() + " has cleanup.policy=delete but must have compact");
    }

    @Test
    void createsTopicsAsTheCatalogueDeclares() throws Exception {
        var letters = new DeadLetterConfig(Duration.ofDays(7));
        var plan = new TopicPlan(kafka.brokers(), names, 5, -1, letters);
        plan.ensure(Topics.PRODUCTS, Topics.JOBS);
        plan.ensure(Topics.PRODUCTS, Topics.JOBS); // a second start has nothing to do
        plan.ensureFor(embedding(4, Pipelines::embedAll), List.of(Topics.JOB_EVENTS));

        assertThat(config(names.of(Topics.PRODUCTS)))
                .containsAllEntriesOf(Map.of(
                        "cleanup.policy", "compact",
                        "min.compaction.lag.ms", "86400000",
                        "delete.retention.ms", "604800000"));
        assertThat(config(names.of(Topics.JOBS)))
                .containsAllEntriesOf(Map.of("cleanup.policy", "compact,delete", "retention.ms", "2592000000"));
        assertThat(config(names.of(Topics.JOB_EVENTS)))
                .containsAllEntriesOf(Map.of("cleanup.policy", "delete", "retention.ms", "604800000"));
        assertThat(config(names.of("products.v1.embedder.retry-10s")))
                .containsAllEntriesOf(Map.of(
                        "cleanup.policy", "delete", "retention.ms", "2592000000", "max.message.bytes", "16777216"));
        assertThat(config(names.deadLetters(Topics.PRODUCTS, "embedder")))
                .containsAllEntriesOf(Map.of("cleanup.policy", "delete", "retention.ms", "604800000"));
    }

    @Test
    void topicsWithPersonalDataForgetWhatIsDeleted() throws Exception {
        var plan = new TopicPlan(kafka.brokers(), names, 2, -1, new DeadLetterConfig(Duration.ofDays(90)));
        plan.ensure(Topics.FACE_ENROLMENTS);
        plan.ensureFor(preparing(), List.of());

        assertThat(List.of(names.of(Topics.PHOTOS), names.of(Topics.FACE_ENROLMENTS)))
                .allSatisfy(topic -> assertThat(config(topic))
                        .containsAllEntriesOf(Map.of(
                                "cleanup.policy", "compact",
                                "min.compaction.lag.ms", "86400000",
                                "max.compaction.lag.ms", "86400000",
                                "segment.ms", "86400000")));
        assertThat(List.of(
                        names.of("photos.v1.photo-preparer.retry-10s"),
                        names.deadLetters(Topics.PHOTOS, "photo-preparer")))
                .allSatisfy(topic -> assertThat(config(topic))
                        .containsAllEntriesOf(Map.of(
                                "cleanup.policy", "delete", "retention.ms", "2505600000", "segment.ms", "86400000")));
    }

    @Test
    void existingTopicsWithPersonalDataAreAltered() throws Exception {
        var photos = names.of(Topics.PHOTOS);
        var letters = names.deadLetters(Topics.PHOTOS, "photo-preparer");
        kafka.admin()
                .createTopics(List.of(
                        new NewTopic(photos, 1, (short) 1)
                                .configs(Map.of("cleanup.policy", "compact", "segment.ms", "3600000")),
                        new NewTopic(letters, 1, (short) 1)
                                .configs(Map.of("cleanup.policy", "delete", "retention.ms", "-1"))))
                .all()
                .get();
        PipelineLab.await().until(() -> kafka.admin().listTopics().names().get().containsAll(List.of(photos, letters)));

        new TopicPlan(kafka.brokers(), names, 2, -1).ensureFor(preparing(), List.of());

        PipelineLab.await().untilAsserted(() -> {
            assertThat(config(photos))
                    .as("the operator's smaller value stays")
                    .containsAllEntriesOf(Map.of("max.compaction.lag.ms", "86400000", "segment.ms", "3600000"));
            assertThat(config(letters))
                    .containsAllEntriesOf(Map.of("retention.ms", "2505600000", "segment.ms", "86400000"));
        });
    }

    private static Pipeline<?> preparing() {
        return Pipeline.named(Topics.PHOTO_PREPARER)
                .from(Source.of(Topics.PHOTOS))
                .inBatchesOf(1)
                .reportsNothing()
                .handledBy(batch -> batch.stream().map(photo -> Outcome.done()).toList(), RetryPolicy.ofDefaults());
    }

    @Test
    void namesABrokerThatDoesNotAnswer() {
        try (var nowhere = Admin.create(KafkaSettings.of("127.0.0.1:1").admin())) {
            var plan = new TopicPlan(new Brokers(() -> nowhere, "127.0.0.1:1", Duration.ofSeconds(2)), names, 1, -1);

            assertThatThrownBy(() -> plan.ensure(Topics.PRODUCTS))
                    .hasMessage(
                            "no answer from Kafka at 127.0.0.1:1 within 2 s: is it running? (KAFKA_BOOTSTRAP_SERVERS, KAFKA_SECURITY_PROTOCOL)");
        }
    }

    @Test
    void saysThatAnAddressIsInvalid() {
        var settings = KafkaSettings.of("not an address").admin();
        var brokers = new Brokers(() -> Admin.create(settings), "not an address", Duration.ofSeconds(2));
        var plan = new TopicPlan(brokers, names, 1, -1);

        assertThatThrownBy(() -> plan.ensure(Topics.PRODUCTS))
                .hasMessageStartingWith("the settings under kafka.* are not usable: ")
                .hasMessageContaining("bootstrap.servers");
    }

    private ApplicationContext start(Pipeline<?> pipeline) {
        return ApplicationContext.builder()
                .properties(Map.of(
                        "kafka.bootstrap.servers",
                        kafka.bootstrapServers(),
                        "sluice.topic-prefix",
                        prefix,
                        "sluice.partitions",
                        2))
                .singletons(pipeline)
                .start();
    }

    private static Map<String, HealthStatus> health(ApplicationContext service) {
        return service.getBeansOfType(HealthIndicator.class).stream()
                .filter(indicator -> indicator.getClass().getName().contains("Pipelines"))
                .map(indicator ->
                        Objects.requireNonNull(Mono.from(indicator.getResult()).block()))
                .collect(toMap(HealthResult::getName, HealthResult::getStatus));
    }

    private static Map<?, ?> details(ApplicationContext service) {
        return service.getBeansOfType(HealthIndicator.class).stream()
                .map(indicator ->
                        Objects.requireNonNull(Mono.from(indicator.getResult()).block()))
                .filter(result -> result.getName().equals("pipelines"))
                .map(result -> (Map<?, ?>) result.getDetails())
                .findFirst()
                .orElseThrow();
    }

    private Map<String, String> config(String topic) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        PipelineLab.await().until(() -> kafka.admin().listTopics().names().get().contains(topic));
        var config =
                kafka.admin().describeConfigs(List.of(resource)).all().get().get(resource);
        return Objects.requireNonNull(config).entries().stream()
                .collect(toMap(ConfigEntry::name, entry -> String.valueOf(entry.value())));
    }

    private static String json(String id) {
        return "{\"product_id\":\"" + id + "\",\"name\":\"n\",\"description\":\"d\"}";
    }
}
