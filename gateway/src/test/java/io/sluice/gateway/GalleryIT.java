package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.gateway.GatewayUnderTest.Answer;
import io.sluice.gateway.photo.gallery.Galleries;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.schemas.photo.PreparedPhoto;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.accounts.Role;
import io.sluice.stores.photo.PhotoLedger;
import io.sluice.stores.photo.PhotoLedger.Deleted;
import io.sluice.stores.photo.PhotoLedger.Prepared;
import io.sluice.stores.photo.PhotoLedger.Uploaded;
import io.sluice.testkit.TestPostgres;
import io.sluice.testkit.TestStack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Galleries over HTTP, at two gateways whose cache keeps pages for as long as it may. */
class GalleryIT {
    private static final String MINE = "/api/my-photos";
    private static final String ALL = "/api/all-photos";
    /** What the design promises, at every gateway. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private static final Instant TAKEN_AT = Instant.parse("2025-12-31T10:00:00Z");
    private static final AtomicLong VERSIONS = new AtomicLong();

    private static final TestPostgres.Database DATABASE = TestStack.postgres();
    private static final String PREFIX = TestStack.kafka().freshPrefix();

    private static GatewayUnderTest gateway;
    private static GatewayUnderTest other;
    private static SignedIn ann;
    private static SignedIn admin;
    private static String annsId;

    @BeforeAll
    static void start() {
        gateway = gateway();
        other = gateway();
        annsId = SignedIn.user(gateway, "ann", Role.USER).id().toString();
        ann = SignedIn.as(gateway, "ann");
        SignedIn.user(gateway, "bea", Role.ADMIN);
        admin = SignedIn.as(gateway, "bea");
    }

    private static GatewayUnderTest gateway() {
        return new GatewayUnderTest(
                PREFIX,
                Map.of(
                        "database.url", DATABASE.url(),
                        "database.user", DATABASE.user(),
                        "sluice.gallery.cache-seconds", 120));
    }

    @AfterAll
    static void stop() {
        other.close();
        gateway.close();
    }

    @BeforeEach
    void emptyAndWarm() {
        DATABASE.run("DELETE FROM photos; SELECT pg_notify('sluice_photos', '*')");
        await().untilAsserted(() -> {
            for (var one : List.of(ann, ann.at(other))) {
                assertThat(one.get(MINE).json().path("photos")).isEmpty();
            }
        });
        bothKeepPages();
    }

    @Test
    void aGalleryShowsWhatTheContractSays() {
        photo("p1", annsId, "2026-01-01T10:00:00Z");
        prepare("p1");
        var expected = """
                {"photos":[{"photo_id":"p1","file_name":"p1.jpg","owner":"%s","status":"prepared",\
                "taken_at":"2025-12-31T10:00:00Z","uploaded_at":"2026-01-01T10:00:00Z","width":4,"height":3,"faces":0,\
                "mine":true,"content_url":"/api/v1/photos/p1/content","preview_url":"/api/v1/photos/p1/preview",\
                "thumbnail_url":"/api/v1/photos/p1/thumbnail"}],"total":1}""".formatted(annsId);

        await().atMost(FRESH)
                .untilAsserted(() -> assertThat(ann.get(MINE).json().toString()).isEqualTo(expected));
        assertThat(admin.get(ALL).json().toString()).isEqualTo(expected.replace("\"mine\":true", "\"mine\":false"));
        assertThat(admin.get(MINE).json().toString()).isEqualTo("{\"photos\":[],\"total\":0}");
    }

    @Test
    void pagesAreReadOneAfterTheOther() {
        for (var i = 0; i < 7; i++) {
            photo("p" + i, annsId, "2026-01-0" + (i + 1) + "T10:00:00Z");
        }
        await().atMost(FRESH).until(() -> ann.get(MINE).json().path("total").asInt() == 7);
        var seen = new ArrayList<String>();
        var query = "?limit=3";
        while (true) {
            var page =
                    ann.at(seen.isEmpty() ? gateway : other).get(MINE + query).json();
            seen.addAll(page.path("photos").findValuesAsText("photo_id"));
            assertThat(page.path("total").asInt()).isEqualTo(7);
            if (!page.has("next")) {
                break;
            }
            query = "?limit=3&before=" + page.path("next").asText();
        }
        assertThat(seen).containsExactly("p6", "p5", "p4", "p3", "p2", "p1", "p0");
    }

    @Test
    void anAnswerThatHasNotChangedIsNotSentAgain() {
        photo("p1", annsId, "2026-01-01T10:00:00Z");
        await().atMost(FRESH).until(() -> ann.get(MINE).json().path("total").asInt() == 1);
        var answer = ann.get(MINE);
        assertThat(answer.header("Cache-Control")).isEqualTo("private, no-cache");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");

        var again = ifNoneMatch(ann.at(other), answer);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.response().body()).isEmpty();
        assertThat(again.header("ETag")).isEqualTo(answer.header("ETag"));

        prepare("p1");
        await().atMost(FRESH).until(() -> ifNoneMatch(ann, answer).status() == 200);
    }

    private static Answer ifNoneMatch(SignedIn caller, Answer known) {
        return caller.gateway()
                .send(caller.gateway()
                        .request(MINE)
                        .header("Authorization", "Bearer " + caller.token())
                        .header("If-None-Match", known.header("ETag"))
                        .GET());
    }

    @Test
    void aParameterThatIsNotValidIsRefused() {
        for (var query :
                List.of("limit=0", "limit=201", "limit=x", "before=x", "before=MSx5AAo&before=MSx5AAo", "page=2")) {
            var answer = ann.get(MINE + "?" + query);
            assertThat(answer.status()).as(query).isEqualTo(422);
            assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo(query.replaceFirst("=.*", ""));
        }
        assertThat(ann.get(MINE + "?limit=200").status()).isEqualTo(200);
    }

    @Test
    void aChangeIsInTheGalleryOfBothGatewaysWithinASecond() {
        for (var step = 0; step < 5; step++) {
            var id = "p" + step;
            photo(id, annsId, "2026-01-01T10:00:00Z");
            bothShow(id, "queued");
            prepare(id);
            bothShow(id, "prepared");
        }
        save(new Deleted("p0", VERSIONS.incrementAndGet(), TAKEN_AT));
        bothShow("p0", "");
        assertThat(ann.get(MINE).json().path("total").asInt()).isEqualTo(4);
    }

    @Test
    void aPageThatHasNotChangedIsKept() {
        ann.get(MINE);
        DATABASE.run("INSERT INTO photos (photo_id, version, owner, file_name, object, uploaded_at)"
                + " VALUES ('p1', 1, '" + annsId + "', 'p1.jpg', '{}', now())");

        assertThat(ann.get(MINE).json().path("total").asInt())
                .as("nobody has said that a photo is new")
                .isZero();
        assertThat(ann.get(MINE + "?limit=7").json().path("total").asInt()).isEqualTo(1);
    }

    /** Nothing is announced to a connection that does not exist: what was kept before must not count. */
    @Test
    void aGatewayWhoseListeningConnectionEndsServesNothingStale() {
        for (var round = 0; round < 5; round++) {
            var id = "p" + round;
            bothKeepPages();
            DATABASE.run("""
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND application_name = 'sluice-listener'""");
            photo(id, annsId, "2026-01-01T10:00:00Z");
            bothShow(id, "queued");
        }
        bothKeepPages();
    }

    private static void bothKeepPages() {
        await().untilAsserted(() -> {
            ann.get(MINE);
            ann.at(other).get(MINE);
            for (var one : List.of(gateway, other)) {
                assertThat(one.bean(Galleries.class).size()).isPositive();
            }
        });
    }

    private static void bothShow(String id, String status) {
        var since = Instant.now();
        for (var one : List.of(ann.at(other), ann)) {
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(FRESH)
                    .until(() -> status(one.get(MINE).json(), id).equals(status));
        }
        assertThat(Duration.between(since, Instant.now())).isLessThan(FRESH);
    }

    private static String status(JsonNode gallery, String id) {
        for (var photo : gallery.path("photos")) {
            if (photo.path("photo_id").asText().equals(id)) {
                return photo.path("status").asText();
            }
        }
        return "";
    }

    private static void photo(String id, String owner, String uploadedAt) {
        save(new Uploaded(saved(id, owner), VERSIONS.incrementAndGet(), Instant.parse(uploadedAt)));
    }

    private static void prepare(String id) {
        var photo = new PreparedPhoto(
                saved(id, annsId), object(id + ".preview"), object(id + ".thumbnail"), 4, 3, TAKEN_AT);
        save(new Prepared(photo, VERSIONS.get(), TAKEN_AT));
    }

    /** As the indexer does, at one of the two gateways. */
    private static void save(PhotoLedger.Entry entry) {
        gateway.bean(PhotoLedger.class).save(List.of(entry));
    }

    private static PhotoSaved saved(String id, String owner) {
        return new PhotoSaved(id, owner, id + ".jpg", object(id), null);
    }

    private static StoredObject object(String key) {
        return new StoredObject("sluice", "photos/" + key, "0".repeat(64), "image/jpeg", 9);
    }
}
