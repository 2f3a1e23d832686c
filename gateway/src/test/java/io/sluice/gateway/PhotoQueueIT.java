package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.gateway.GatewayUnderTest.Answer;
import io.sluice.gateway.photo.gallery.Galleries;
import io.sluice.gateway.photo.upload.PhotoQueue;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.runtime.kafka.TopicPlan;
import io.sluice.schemas.Topics;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobKind;
import io.sluice.testkit.TestPostgres;
import io.sluice.testkit.TestStack;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.TopicExistsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** The calls of the former app for admins. Other tests may have queued photos before. */
@ExtendWith({OneGateway.class, ClosedGateway.class})
class PhotoQueueIT {
    private static final String GROUP = "photo-preparer";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private OneGateway.Surroundings all;
    private ClosedGateway.Door door;

    @BeforeEach
    void gateways(OneGateway.Surroundings all, ClosedGateway.Door door) {
        this.all = all;
        this.door = door;
        new TopicPlan(TestStack.kafka().brokers(), new TopicNames(prefix()), 2, -1).ensure(Topics.PHOTOS);
    }

    private String prefix() {
        return all.gateway().prefix;
    }

    @Test
    void theFiguresHaveTheNamesAndTheOrderOfTheFormerApp() {
        var answer = as(Caller.ADMIN, "GET", "/api/admin/queue/stats");

        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        assertThat(new String(answer.response().body(), UTF_8)).matches("""
            \\{"queue":\\{"total_enqueued":\\d+,"total_processed":\\d+,"total_failed":\\d+,\
            "current_queue_size":\\d+,"workers_active":\\d+},\
            "cache":\\{"user_photos_cache":\\{"size":\\d+,"hits":\\d+,"misses":\\d+,\
            "hit_rate":"\\d+\\.\\d\\d%"}}}\
            """);
    }

    @Test
    void theQueueIsCountedFromTheTopicTheGroupAndTheLetters() throws Exception {
        var retries = prefix() + Topics.retries(Topics.PHOTOS.name(), GROUP, Topics.FIRST_RETRY);
        ensure(retries);
        prepareAll(() -> {}); // the photos of other tests
        awaitNoWorkers();
        var before = queue();
        for (var i = 0; i < 5; i++) {
            TestStack.kafka().write(prefix() + Topics.PHOTOS.name(), "photo-" + i, "{}", Map.of());
        }
        differs(before, 5, 0, 0, 5, 0);

        prepareAll(() -> {
            differs(before, 5, 5, 0, 0, 2);
            TestStack.kafka().write(retries, "photo-1", "{}", Map.of());
            differs(before, 5, 4, 0, 1, 2);
            letter();
            differs(before, 5, 3, 1, 1, 2);
        });

        awaitNoWorkers();
    }

    /** Another test of this gateway may have made it. */
    private static void ensure(String topic) throws Exception {
        try {
            TestStack.kafka()
                    .admin()
                    .createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(TopicExistsException.class);
        }
    }

    private void awaitNoWorkers() {
        await().atMost(PATIENCE).until(() -> queue().path("workers_active").asInt() == 0);
    }

    /** Two threads of the group read everything and commit, and stay in the group meanwhile. */
    private void prepareAll(Runnable meanwhile) {
        var settings = new HashMap<String, Object>(
                TestStack.kafka().settings().consumer(Map.of("auto.offset.reset", "earliest")));
        settings.put("group.id", prefix() + GROUP);
        try (var one = new KafkaConsumer<byte[], byte[]>(settings);
                var two = new KafkaConsumer<byte[], byte[]>(settings)) {
            for (var consumer : List.of(one, two)) {
                consumer.subscribe(List.of(prefix() + Topics.PHOTOS.name()));
            }
            await().atMost(PATIENCE).until(() -> {
                for (var consumer : List.of(one, two)) {
                    consumer.poll(Duration.ofMillis(100));
                    consumer.commitSync();
                }
                return queue().path("current_queue_size").asLong() == 0
                        && one.assignment().size() == 1
                        && two.assignment().size() == 1;
            });
            meanwhile.run();
        }
    }

    private void differs(JsonNode before, int enqueued, int processed, int failed, int size, int workers) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            var now = queue();
            assertThat(difference(before, now, "total_enqueued")).isEqualTo(enqueued);
            assertThat(difference(before, now, "total_processed") - difference(before, now, "current_queue_size"))
                    .isEqualTo(processed - size);
            assertThat(difference(before, now, "total_failed")).isEqualTo(failed);
            assertThat(now.path("workers_active").asInt()).isEqualTo(workers);
            assertThat(now.path("total_enqueued").asLong())
                    .isEqualTo(now.path("total_processed").asLong()
                            + now.path("total_failed").asLong()
                            + now.path("current_queue_size").asLong());
        });
    }

    private static long difference(JsonNode before, JsonNode now, String name) {
        return now.path(name).asLong() - before.path(name).asLong();
    }

    private JsonNode queue() {
        return as(Caller.ADMIN, "GET", "/api/admin/queue/stats").json().path("queue");
    }

    private void letter() {
        var properties = all.properties();
        new TestPostgres.Database(
                        String.valueOf(properties.get("database.url")), String.valueOf(properties.get("database.user")))
                .run("""
                    INSERT INTO operations.dead_letters (topic, partition, position, pipeline, consumer_group, key,
                        code, message, attempts, failed_at, redrives, orig_topic, orig_partition, orig_offset,
                        version, state)
                    VALUES ('photos.v1.photo-preparer.dlq', 0, 999, 'photo-preparer', 'photo-preparer', 'photo-2',
                        'X', 'x', 1, now(), 0, 'photos.v1', 0, 0, 0, 'discarded')\
                    """);
    }

    /** The photo app logged this at its start. */
    @Test
    void theStartLogsHowManyPhotosWait() {
        var prefix = TestStack.kafka().freshPrefix();
        new TopicPlan(TestStack.kafka().brokers(), new TopicNames(prefix), 2, -1).ensure(Topics.PHOTOS);
        TestStack.kafka().write(prefix + Topics.PHOTOS.name(), "photo-1", "{}", Map.of());
        var logger = (Logger) LoggerFactory.getLogger(PhotoQueue.class);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        logger.addAppender(lines);
        try (var _ = new GatewayUnderTest(prefix, Map.of())) {
            await().atMost(PATIENCE)
                    .until(() -> List.copyOf(lines.list).stream()
                            .anyMatch(line -> line.toString().contains("photo queue initialized")
                                    && String.valueOf(line.getKeyValuePairs()).contains("pending=\"1\"")));
        } finally {
            logger.detachAppender(lines);
        }
    }

    @Test
    void showsTheJobsOfPhotosOnly() {
        var photo = job(JobKind.PHOTO);
        var product = job(JobKind.PRODUCT);

        var found = as(Caller.ADMIN, "GET", "/api/admin/queue/jobs/" + photo);
        assertThat(found.status()).as("%s", found.json()).isEqualTo(200);
        assertThat(found.json())
                .isEqualTo(as(Caller.ADMIN, "GET", "/api/v1/jobs/" + photo).json());
        assertThat(found.json().path("subject").asText()).isEqualTo("the-photo");
        for (var id : List.of(product, UUID.randomUUID().toString(), "none")) {
            var missing = as(Caller.ADMIN, "GET", "/api/admin/queue/jobs/" + id);
            assertThat(missing.status()).as(id).isEqualTo(404);
            assertThat(missing.json().path("code").asText()).isEqualTo("JOB_NOT_FOUND");
        }
    }

    private String job(String kind) {
        var id = UUID.randomUUID().toString();
        var event = JobEvent.queued(id, kind, Instant.now()).withSubject("the-photo");
        TestStack.kafka()
                .write(
                        prefix() + Topics.JOB_EVENTS.name(),
                        id,
                        new String(new JsonCodec().encode(event), UTF_8),
                        Map.of());
        await().atMost(PATIENCE)
                .until(() -> as(Caller.ADMIN, "GET", "/api/v1/jobs/" + id).status() == 200);
        return id;
    }

    @Test
    void theCacheOfEveryGatewayIsEmptied() {
        var both = List.of(all.gateway(), door.gateway());
        await().atMost(PATIENCE).until(() -> {
            for (var gateway : both) {
                gateway.send(
                        door.as(Caller.USER, gateway.request("/api/my-photos")).GET());
            }
            return both.stream().allMatch(gateway -> kept(gateway) > 0);
        });

        var answer = as(Caller.ADMIN, "POST", "/api/admin/cache/clear");

        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        assertThat(answer.json().toString()).isEqualTo("{\"status\":\"success\",\"message\":\"Cache cleared\"}");
        assertThat(kept(door.gateway())).isZero();
        await().atMost(Duration.ofSeconds(1)).until(() -> kept(all.gateway()) == 0);
    }

    private static long kept(GatewayUnderTest gateway) {
        return gateway.bean(Galleries.class).size();
    }

    private Answer as(Caller caller, String method, String path) {
        return door.gateway()
                .send(door.as(caller, door.gateway().request(path)).method(method, BodyPublishers.noBody()));
    }
}
