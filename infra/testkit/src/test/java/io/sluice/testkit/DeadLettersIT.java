package io.sluice.testkit;

import static io.sluice.testkit.Pipelines.VECTORS;
import static io.sluice.testkit.Pipelines.each;
import static io.sluice.testkit.Pipelines.embedding;
import static io.sluice.testkit.TestKafka.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.Outcome;
import io.sluice.runtime.PipelineStatus.Running;
import io.sluice.runtime.PipelineStatus.Waiting;
import io.sluice.schemas.Topics;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.wire.EntityVersion;
import io.sluice.schemas.wire.Headers;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;

class DeadLettersIT {
    @Test
    void oneUndecodableRecordAmongAHundredIsTheOnlyDeadLetter() {
        try (var lab = PipelineLab.open(3)) {
            var pipeline = embedding(16, Pipelines::embedAll);
            lab.create(Topics.PRODUCTS);
            for (var product : Samples.products(50)) {
                lab.publish(Topics.PRODUCTS, product, null);
            }
            lab.write(Topics.PRODUCTS, "bad", "{\"product_id\": oops", "job-bad");
            for (var product : Samples.products(100).subList(50, 100)) {
                lab.publish(Topics.PRODUCTS, product, null);
            }

            lab.start(pipeline);
            lab.awaitDrained(pipeline);

            assertThat(lab.events(VECTORS)).hasSize(100);
            assertThat(lab.deadLetters(pipeline)).singleElement().satisfies(letter -> {
                assertThat(letter.value()).isEqualTo("{\"product_id\": oops".getBytes(UTF_8));
                assertThat(header(letter, Headers.ERROR_CLASS)).isEqualTo("UNDECODABLE");
                assertThat(header(letter, Headers.ERROR_MESSAGE)).contains("not JSON (line 1");
            });
            assertThat(lab.reports("job-bad")).containsExactly("embedded:dead");
        }
    }

    @Test
    void aDeadLetterHasTheOriginalRecordAndSaysWhereAndWhyItFailed() {
        try (var lab = PipelineLab.open(1)) {
            var pipeline = embedding(4, each(product -> {
                throw new IllegalStateException("a secret detail");
            }));
            lab.create(Topics.PRODUCTS);
            var value = new byte[] {'[', 0, (byte) 0xff};
            var message = new ProducerRecord<>(
                    lab.names().of(Topics.PRODUCTS), 0, 1_700_000_000_000L, "p".getBytes(UTF_8), value);
            message.headers().add("traceparent", "00-ab".getBytes(UTF_8)).add("binary", new byte[] {0, 1});
            lab.kafka().write(List.of(message));
            lab.publish(Topics.PRODUCTS, Samples.product("q"), "job-q");

            lab.start(pipeline);
            lab.awaitDrained(pipeline);

            var letters = lab.deadLetters(pipeline);
            assertThat(letters).hasSize(2);
            var undecodable = letters.getFirst();
            assertThat(undecodable.key()).isEqualTo("p".getBytes(UTF_8));
            assertThat(undecodable.value()).isEqualTo(value);
            assertThat(undecodable.headers().lastHeader("binary").value()).isEqualTo(new byte[] {0, 1});
            var version = Long.toString(EntityVersion.of(1, 0));
            assertThat(TestKafka.headers(undecodable))
                    .containsAllEntriesOf(Map.of(
                            "traceparent",
                            "00-ab",
                            Headers.ORIG_TOPIC,
                            lab.names().of(Topics.PRODUCTS),
                            Headers.ORIG_PARTITION,
                            "0",
                            Headers.ORIG_OFFSET,
                            "0",
                            Headers.ORIG_TIMESTAMP,
                            "1700000000000",
                            Headers.ERROR_CLASS,
                            "UNDECODABLE",
                            Headers.ATTEMPT,
                            "1",
                            Headers.CONSUMER_GROUP,
                            lab.names().group("embedder"),
                            Headers.REDRIVE_COUNT,
                            "0",
                            Headers.ENTITY_VERSION,
                            version))
                    .doesNotContainKey(Headers.JOB_ID);
            var thrown = TestKafka.headers(letters.getLast());
            assertThat(thrown)
                    .containsAllEntriesOf(Map.of(
                            Headers.ERROR_CLASS, "UNCLASSIFIED",
                            Headers.ERROR_TYPE, "java.lang.IllegalStateException",
                            Headers.ERROR_MESSAGE, "the handler threw IllegalStateException",
                            Headers.ATTEMPT, "3",
                            Headers.JOB_ID, "job-q"));
            assertThat(Instant.parse(Objects.requireNonNull(thrown.get(Headers.FIRST_FAILED_AT))))
                    .isBefore(Instant.now());
            assertThat(lab.reports("job-q")).containsExactly("embedded:retrying", "embedded:dead");
        }
    }

    @Test
    void aRedrivenRecordCountsItsEarlierAttempts() {
        try (var lab = PipelineLab.open(1)) {
            var pipeline = embedding(4, each(product -> {
                throw new IllegalStateException("still");
            }));
            lab.create(Topics.PRODUCTS);
            var redriven = Map.of(
                    Headers.ATTEMPT, "3",
                    Headers.FIRST_FAILED_AT, "2026-01-02T03:04:05Z",
                    Headers.REDRIVE_COUNT, "1");
            lab.kafka().write(lab.names().of(Topics.PRODUCTS), "p", json("p"), redriven);
            var forged = Map.of(Headers.ATTEMPT, "-7", Headers.FIRST_FAILED_AT, "yesterday");
            lab.kafka().write(lab.names().of(Topics.PRODUCTS), "q", json("q"), forged);

            lab.start(pipeline);
            lab.awaitDrained(pipeline);

            var letters = lab.deadLetters(pipeline).stream()
                    .sorted(Comparator.comparing(letter -> new String(letter.key(), UTF_8)))
                    .map(TestKafka::headers)
                    .toList();
            assertThat(letters).hasSize(2);
            assertThat(letters.getFirst()).containsAllEntriesOf(redriven(redriven));
            assertThat(letters.getLast()).containsEntry(Headers.ATTEMPT, "3");
            assertThat(Instant.parse(Objects.requireNonNull(letters.getLast().get(Headers.FIRST_FAILED_AT))))
                    .isBefore(Instant.now());
        }
    }

    private static Map<String, String> redriven(Map<String, String> before) {
        var after = new HashMap<>(before);
        after.put(Headers.ATTEMPT, "6");
        return after;
    }

    @Test
    void aKeyThatIsNotTheIdInTheValueIsFatal() {
        try (var lab = PipelineLab.open(1)) {
            var pipeline = embedding(4, Pipelines::embedAll);
            lab.create(Topics.PRODUCTS);
            lab.write(Topics.PRODUCTS, "other", json("p"), null);

            lab.start(pipeline);
            lab.awaitDrained(pipeline);

            assertThat(lab.deadLetters(pipeline))
                    .singleElement()
                    .satisfies(letter ->
                            assertThat(header(letter, Headers.ERROR_CLASS)).isEqualTo("KEY_MISMATCH"));
            assertThat(lab.read(VECTORS)).isEmpty();
        }
    }

    @Test
    void aPoisonRecordThatBreaksWholeBatchesIsFoundAndBuriedAlone() {
        try (var lab = PipelineLab.open(1)) {
            var pipeline = embedding(32, batch -> {
                if (batch.stream().map(product -> product.key()).anyMatch("p-17"::equals)) {
                    throw new IllegalStateException("poison");
                }
                return Pipelines.embedAll(batch);
            });
            lab.create(Topics.PRODUCTS);
            for (var product : Samples.products(40)) {
                lab.publish(Topics.PRODUCTS, product, null);
            }

            lab.start(pipeline);
            lab.awaitDrained(pipeline);

            assertThat(lab.events(VECTORS))
                    .extracting(vectors -> vectors.key())
                    .hasSize(39)
                    .doesNotContain("p-17");
            assertThat(lab.deadLetters(pipeline))
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.key()).isEqualTo("p-17".getBytes(UTF_8)));
        }
    }

    @Test
    void anEmissionThatTheBrokerNeverAcceptsIsFatalForItsRecordOnly() {
        try (var lab = PipelineLab.open(1)) {
            var pipeline = embedding(4, each(product -> {
                var event = Objects.requireNonNull(product.event());
                var dimension = product.key().equals("huge") ? 500_000 : 4;
                return Outcome.emit(VECTORS, Samples.vectors(event, dimension));
            }));
            lab.create(Topics.PRODUCTS);
            lab.publish(Topics.PRODUCTS, Samples.product("huge"), "job-huge");
            lab.publish(Topics.PRODUCTS, Samples.product("small"), null);

            lab.start(pipeline);
            lab.awaitDrained(pipeline);

            assertThat(lab.events(VECTORS)).extracting(vectors -> vectors.key()).containsExactly("small");
            assertThat(lab.deadLetters(pipeline))
                    .singleElement()
                    .satisfies(letter ->
                            assertThat(header(letter, Headers.ERROR_CLASS)).isEqualTo("TOO_LARGE"));
            assertThat(lab.reports("job-huge")).containsExactly("embedded:dead");
        }
    }

    @Test
    void deadLettersThatKafkaRefusesStopTheirPartitionUntilItTakesThem() throws Exception {
        try (var lab = PipelineLab.open(1)) {
            var pipeline = embedding(4, Pipelines::embedAll);
            var running = lab.start(pipeline);
            var topic = lab.names().deadLetters(Topics.PRODUCTS, pipeline.name());
            allow(lab, topic, 1);
            for (var product : Samples.products(10)) {
                lab.publish(Topics.PRODUCTS, product, null);
            }
            for (var i = 0; i < 3; i++) {
                lab.write(Topics.PRODUCTS, "bad-" + i, "not JSON", null);
            }
            lab.publish(Topics.PRODUCTS, Samples.product("behind"), null);

            PipelineLab.await().until(() -> running.status() instanceof Waiting);
            assertThat(running.status())
                    .isInstanceOfSatisfying(
                            Waiting.class, waiting -> assertThat(waiting.code()).isEqualTo("DEAD_LETTERS_REFUSED"));
            PipelineLab.await().until(() -> lab.events(VECTORS).size() >= 10);
            assertThat(lab.lag(pipeline))
                    .as("the bad ones and what is behind them")
                    .isBetween(3L, 4L);
            assertThat(lab.deadLetters(pipeline)).isEmpty();

            allow(lab, topic, 1_000_000);
            lab.awaitDrained(pipeline);
            PipelineLab.await().until(() -> running.status() instanceof Running);

            assertThat(lab.deadLetters(pipeline))
                    .extracting(letter -> new String(letter.key(), UTF_8))
                    .containsExactly("bad-0", "bad-1", "bad-2");
            assertThat(lab.events(VECTORS))
                    .hasSize(11)
                    .last()
                    .matches(vectors -> vectors.key().equals("behind"));
        }
    }

    @Test
    void aDeadLetterTopicThatSomebodyDeletedStopsThePartitionUntilItIsThereAgain() throws Exception {
        try (var lab = PipelineLab.open(1)) {
            var pipeline = embedding(4, Pipelines::embedAll);
            var running = lab.start(pipeline);
            var topic = lab.names().deadLetters(Topics.PRODUCTS, pipeline.name());
            lab.publish(Topics.PRODUCTS, Samples.product("before"), null);
            lab.awaitDrained(pipeline);
            lab.kafka().admin().deleteTopics(List.of(topic)).all().get();
            lab.write(Topics.PRODUCTS, "bad", "not JSON", null);
            lab.publish(Topics.PRODUCTS, Samples.product("behind"), null);

            PipelineLab.await().until(() -> running.status() instanceof Waiting);
            assertThat(running.status())
                    .isInstanceOfSatisfying(
                            Waiting.class, waiting -> assertThat(waiting.code()).isEqualTo("KAFKA_UNAVAILABLE"));
            assertThat(lab.lag(pipeline)).as("the bad one is not skipped").isBetween(1L, 2L);

            lab.kafka()
                    .admin()
                    .createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                    .all()
                    .get();
            lab.awaitDrained(pipeline);
            PipelineLab.await().until(() -> running.status() instanceof Running);

            assertThat(lab.deadLetters(pipeline))
                    .extracting(letter -> new String(letter.key(), UTF_8))
                    .containsExactly("bad");
            assertThat(lab.events(VECTORS))
                    .hasSize(2)
                    .last()
                    .matches(vectors -> vectors.key().equals("behind"));
        }
    }

    /** Sets how large a record of the topic may be. */
    private static void allow(PipelineLab lab, String topic, int bytes) throws Exception {
        var size = new AlterConfigOp(
                new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes)), OpType.SET);
        lab.kafka()
                .admin()
                .incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(size)))
                .all()
                .get();
    }

    @Test
    void aRecordOffItsPartitionIsMovedThereUnchangedAndHandledOnce() {
        try (var lab = PipelineLab.open(2)) {
            var pipeline = embedding(4, Pipelines::embedAll);
            lab.create(Topics.PRODUCTS);
            ProductSaved product = Samples.product("p");
            lab.publish(Topics.PRODUCTS, product, null);
            var placed = lab.read(Topics.PRODUCTS).getFirst();
            var elsewhere = new ProducerRecord<>(
                    placed.topic(), 1 - placed.partition(), placed.timestamp(), placed.key(), placed.value());
            elsewhere.headers().add(Headers.JOB_ID, "job-p".getBytes(UTF_8));
            lab.kafka().write(List.of(elsewhere));

            lab.start(pipeline);
            lab.awaitDrained(pipeline);
            PipelineLab.await().until(() -> lab.read(VECTORS).size() == 2);

            assertThat(lab.read(Topics.PRODUCTS))
                    .filteredOn(message -> message.partition() == placed.partition())
                    .hasSize(2)
                    .last()
                    .satisfies(moved -> {
                        assertThat(moved.value()).isEqualTo(placed.value());
                        assertThat(header(moved, Headers.JOB_ID)).isEqualTo("job-p");
                    });
            assertThat(lab.reports("job-p")).containsExactly("embedded:processing");
            assertThat(lab.read(VECTORS))
                    .extracting(message -> header(message, Headers.ENTITY_VERSION))
                    .containsExactly(Long.toString(EntityVersion.of(1, 0)), Long.toString(EntityVersion.of(1, 1)));
            assertThat(lab.deadLetters(pipeline)).isEmpty();
        }
    }

    private static String json(String id) {
        return "{\"product_id\":\"" + id + "\",\"name\":\"n\",\"description\":\"d\"}";
    }
}
