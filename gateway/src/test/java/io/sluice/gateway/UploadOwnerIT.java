package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.gateway.GatewayUnderTest.Answer;
import io.sluice.schemas.photo.PhotoIds;
import io.sluice.schemas.wire.Sha256;
import io.sluice.stores.accounts.Role;
import io.sluice.testkit.TestPostgres;
import io.sluice.testkit.TestStack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** An account changes while its photos arrive. */
class UploadOwnerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PREFIX = TestStack.kafka().freshPrefix();
    private static final TestPostgres.Database DATABASE = TestStack.postgres();
    private static final GatewayUnderTest GATEWAY = new GatewayUnderTest(
            PREFIX,
            Map.of(
                    "database.url", DATABASE.url(),
                    "database.user", DATABASE.user(),
                    "s3.endpoint", TestStack.s3().url()));

    static {
        SignedIn.user(GATEWAY, "boss", Role.ADMIN);
    }

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @Test
    void thePhotosOfAnAccountThatIsDeletedMeanwhileAreDeleted() throws Exception {
        var photos = pictures(10, 3);
        var owner = SignedIn.user(GATEWAY, "ann", Role.USER).id().toString();

        var answer =
                upload("ann", owner, photos, () -> SignedIn.as(GATEWAY, "boss").delete("/api/v1/users/ann"));

        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(401);
        assertThat(answer.json().path("detail").asText()).isEqualTo("Your account was deleted during the upload.");
        for (var photo : photos) {
            assertThat(records(owner, photo)).hasSizeGreaterThan(1);
            assertThat(records(owner, photo).getLast().value()).isNull();
        }
    }

    /** The account may be enabled again, so its photos stay. */
    @Test
    void thePhotosOfAnAccountThatIsDisabledMeanwhileAreAccepted() throws Exception {
        var photos = pictures(20, 3);
        var owner = SignedIn.user(GATEWAY, "bob", Role.USER).id().toString();

        var answer = upload(
                "bob",
                owner,
                photos,
                () -> SignedIn.as(GATEWAY, "boss").send("PATCH", "/api/v1/users/bob", "{\"disabled\":true}"));

        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(202);
        assertThat(answer.json().path("photos").findValuesAsText("status")).containsOnly("queued");
        for (var photo : photos) {
            assertThat(records(owner, photo)).hasSize(1);
        }
        assertThat(SignedIn.login(GATEWAY, "bob", SignedIn.PASSWORD).status()).isEqualTo(401);
    }

    private interface Call {
        Answer send();
    }

    /** Uploads photos. The admin's call is made when the first of them is accepted. */
    private static PausedUpload.Answer upload(String name, String owner, List<byte[]> photos, Call meanwhile)
            throws Exception {
        try (var upload = new PausedUpload(SignedIn.as(GATEWAY, name), photos, 1)) {
            await().atMost(PATIENCE)
                    .until(() -> records(owner, photos.getFirst()).size() == 1);
            assertThat(meanwhile.send().status()).isBetween(200, 202);
            return upload.finish();
        }
    }

    private static List<byte[]> pictures(long seed, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Pictures.png(20, 20, seed + i))
                .toList();
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(String owner, byte[] photo) {
        var id = PhotoIds.of(owner, Sha256.of(photo));
        return TestStack.kafka().read(PREFIX + "photos.v1").stream()
                .filter(message -> new String(message.key(), UTF_8).equals(id))
                .toList();
    }
}
