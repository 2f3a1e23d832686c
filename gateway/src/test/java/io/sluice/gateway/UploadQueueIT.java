package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.gateway.GatewayUnderTest.Answer;
import io.sluice.gateway.photo.upload.PhotoQueue;
import io.sluice.stores.accounts.Role;
import io.sluice.testkit.TestPostgres;
import io.sluice.testkit.TestStack;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bound of the queue of photos, and what an upload is told that meets it. No preparer runs. */
class UploadQueueIT {
    private static final int MOST = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PREFIX = TestStack.kafka().freshPrefix();
    private static final TestPostgres.Database DATABASE = TestStack.postgres();

    private static GatewayUnderTest gateway;
    private static SignedIn user;

    @BeforeAll
    static void start() {
        gateway = new GatewayUnderTest(
                PREFIX,
                Map.of(
                        "database.url", DATABASE.url(),
                        "database.user", DATABASE.user(),
                        "s3.endpoint", TestStack.s3().url(),
                        "photo.queue.max-size", MOST));
        SignedIn.user(gateway, "ann", Role.USER);
        user = SignedIn.as(gateway, "ann");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void takesNoMorePhotosThanMayWait() {
        var burst = upload(100, 8);
        assertThat(burst.status()).as("%s", burst.json()).isEqualTo(202);
        var photos = burst.json().path("photos");
        assertThat(photos).hasSize(8);
        assertThat(photos.findValuesAsText("status").stream().filter("queued"::equals))
                .hasSize(MOST);
        assertThat(photos.findValuesAsText("code")).containsOnly("QUEUE_FULL");
        assertThat(photos.findValuesAsText("retryable")).containsOnly("true");
        assertThat(TestStack.kafka().read(PREFIX + "photos.v1")).hasSize(MOST);

        var refused = upload(200, 1);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().path("code").asText()).isEqualTo("QUEUE_FULL");
        assertThat(refused.json().path("detail").asText()).isEqualTo("Queue is full, try again later");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 300);
        assertThat(gateway.bean(PhotoQueue.class).waiting()).isEqualTo(MOST);

        prepareAll();
        await().atMost(PATIENCE).until(() -> upload(300, 1).status() == 202);
    }

    private static Answer upload(int seed, int files) {
        var form = new Multipart();
        for (var i = 0; i < files; i++) {
            form.file("files", i + ".png", "image/png", Pictures.png(20, 20, seed + i));
        }
        return gateway.send(gateway.request(PhotoDesk.PHOTOS)
                .header("Authorization", "Bearer " + user.token())
                .header("Content-Type", form.contentType())
                .POST(BodyPublishers.ofByteArray(form.body())));
    }

    /** Commits all photos for the group of the preparer. */
    private static void prepareAll() {
        var settings = TestStack.kafka().settings().consumer(Map.of("group.id", PREFIX + "photo-preparer"));
        try (var consumer = new KafkaConsumer<byte[], byte[]>(settings)) {
            TestStack.kafka()
                    .read(PREFIX + "photos.v1")
                    .forEach(message -> consumer.commitSync(Map.of(
                            new TopicPartition(message.topic(), message.partition()),
                            new OffsetAndMetadata(message.offset() + 1))));
        }
    }
}
