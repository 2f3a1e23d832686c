package io.sluice.rekognizer;

import static io.sluice.testkit.PipelineLab.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.Topics;
import io.sluice.schemas.photo.PhotoFaces;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.schemas.photo.PreparedPhoto;
import io.sluice.schemas.wire.Headers;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.testkit.PipelineLab;
import io.sluice.testkit.TestPostgres;
import io.sluice.testkit.TestStack;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rekognizers and the account they call with: the stand-in for Rekognition limits them, refuses them, cannot read. */
@Timeout(240)
class AccountIT {
    private static final int PERMITS = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final PipelineLab lab = PipelineLab.open(4);
    private final TestPostgres.Database database = TestStack.postgres();
    private final List<ApplicationContext> rekognizers = new ArrayList<>();
    private final JsonCodec codec = new JsonCodec();
    private int pictures;

    @BeforeEach
    void noFaults() {
        fault("{}");
    }

    @AfterEach
    void close() {
        fault("{}");
        rekognizers.forEach(ApplicationContext::close);
        lab.close();
        http.close();
    }

    @Test
    void twoRekognizersKeepToWhatTheAccountAllowsAndLoseNothing() {
        start(Map.of());
        start(Map.of());
        fault("{\"tps\": 5, \"latency_ms\": 300}");
        publish(160);
        var before = awaitServed(60); // warms up: the rate falls to what is allowed
        var began = System.nanoTime();
        var after = awaitServed(155); // the last ones may wait for each other
        var seconds = (System.nanoTime() - began) / 1e9;
        awaitFaces(160);

        assertThat(stats().path("max_in_flight").asInt()).isBetween(2, PERMITS);
        var served = succeeded(after) - succeeded(before);
        // bounds that hold on a busy machine too; ./sluice bench rekognizer measures how much of the cap is used
        assertThat(served / seconds).as("calls a second").isBetween(2.0, 5.5);
        assertThat((indexed(after) - indexed(before)) / (double) served)
                .as("calls for a photo")
                .isLessThan(2.0);
        assertThat(lab.deadLetters(pipeline())).isEmpty();
        assertThat(lab.retries(pipeline(), Topics.FIRST_RETRY)).isEmpty();
        assertThat(metric(rekognizers.getFirst(), "sluice_rekognition_rate"))
                .as("the rate, which began at 40")
                .isBetween(1.0, 20.0);
    }

    @Test
    void slowCallsAreNeverMoreAtATimeThanThereArePermits() {
        start(Map.of());
        start(Map.of());
        fault("{\"latency_ms\": 500}");

        publish(80);
        awaitFaces(80);

        assertThat(stats().path("max_in_flight").asInt()).isBetween(PERMITS / 2 + 1, PERMITS);
    }

    @Test
    void wrongCredentialsPauseThePipelineAndNameTheSettings() {
        var rekognizer = start(Map.of());
        fault("{\"error\": \"UnrecognizedClientException\"}");
        publish(20);

        await().atMost(Duration.ofSeconds(10))
                .until(() -> health(rekognizer).contains("waiting because of REKOGNITION_REFUSED"));
        assertThat(health(rekognizer)).contains("AWS_ACCESS_KEY_ID", "\"status\":\"UP\"");
        assertThat(lab.deadLetters(pipeline())).isEmpty();

        fault("{}");
        awaitFaces(20);
        await().until(() -> health(rekognizer).contains("\"rekognizer\":\"running\""));
        assertThat(lab.deadLetters(pipeline())).isEmpty();
    }

    @Test
    void previewsThatCannotBeReadFailAlone() {
        start(Map.of());

        publish(50);
        publish("broken", "no picture".getBytes(StandardCharsets.UTF_8));
        publish(49);

        awaitFaces(99);
        await().until(() -> lab.deadLetters(pipeline()).size() == 1);
        assertThat(new String(lab.deadLetters(pipeline()).getFirst().key(), StandardCharsets.UTF_8))
                .isEqualTo("broken");
        assertThat(indexed(stats())).isEqualTo(100);
    }

    @Test
    void theBudgetOfADayPausesThePipeline() {
        var rekognizer = start(Map.of("sluice.rekognition.daily-calls", 5));
        publish(8);

        await().until(() -> health(rekognizer).contains("waiting because of REKOGNITION_BUDGET_USED_UP"));
        awaitFaces(5);
        assertThat(indexed(stats())).isEqualTo(5);
        assertThat(health(rekognizer)).contains("SLUICE_REKOGNITION_DAILY_CALLS");
        assertThat(lab.deadLetters(pipeline())).isEmpty();

        database.run("UPDATE operations.call_limits SET day = day - 1"); // the day is over
        awaitFaces(8);
    }

    private ApplicationContext start(Map<String, Object> more) {
        var settings = new HashMap<String, Object>(Map.of(
                "kafka.bootstrap.servers", TestStack.kafka().bootstrapServers(),
                "database.url", database.url(),
                "database.user", database.user(),
                "s3.endpoint", TestStack.s3().url(),
                "rekognition.endpoint", TestStack.rekognition().url(),
                "sluice.rekognition.collection", lab.names().prefix() + "faces",
                "sluice.topic-prefix", lab.names().prefix(),
                "sluice.rekognizer.port", 0,
                "sluice.faces", "on"));
        settings.put("aws.concurrent-requests", PERMITS);
        settings.put("sluice.partitions", 4);
        settings.putAll(more);
        var started = Rekognizer.start(settings);
        rekognizers.add(started);
        return started;
    }

    /** Publishes so many photos, each with a preview of its own. */
    private void publish(int photos) {
        for (var i = 0; i < photos; i++) {
            publish("photo-" + pictures, picture());
        }
    }

    private void publish(String id, byte[] preview) {
        var object = rekognizers.getFirst().getBean(ObjectStore.class).put("photos/ann", preview, "image/jpeg");
        var photo = new PhotoSaved(id, "ann", id + ".jpg", original(), null);
        var prepared = new PreparedPhoto(photo, object, object, 120, 100, null);
        var headers = Map.of(Headers.JOB_ID, "job-" + id, Headers.ENTITY_VERSION, "1");
        lab.kafka()
                .write(
                        lab.names().of(Topics.PREPARED_PHOTOS),
                        id,
                        new String(codec.encode(prepared), StandardCharsets.UTF_8),
                        headers);
    }

    private static StoredObject original() {
        return new StoredObject("sluice", "photos/ann/" + UUID.randomUUID(), "a".repeat(64), "image/jpeg", 1);
    }

    /** {@return a JPEG of squares that spell a number, another one at every call} */
    private byte[] picture() {
        var picture = new BufferedImage(120, 100, BufferedImage.TYPE_INT_RGB);
        var graphics = picture.createGraphics();
        for (var bit = 0; bit < 12; bit++) {
            graphics.setColor((pictures >> bit & 1) == 1 ? Color.WHITE : Color.BLUE);
            graphics.fillRect(bit * 10, 0, 10, 100);
        }
        graphics.dispose();
        pictures++;
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "jpg", bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private void awaitFaces(int photos) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(lab.events(Topics.PHOTO_FACES))
                        .extracting(PhotoFaces::photoId)
                        .doesNotHaveDuplicates()
                        .hasSize(photos));
    }

    @SuppressWarnings("rawtypes") // a bean type has no parameters
    private Pipeline<?> pipeline() {
        return rekognizers.getFirst().getBeansOfType(Pipeline.class).stream()
                .<Pipeline<?>>map(pipeline -> (Pipeline<?>) pipeline)
                .filter(pipeline -> pipeline.name().equals(Topics.REKOGNIZER))
                .findFirst()
                .orElseThrow();
    }

    private String health(ApplicationContext rekognizer) {
        return get(rekognizer.getBean(EmbeddedServer.class).getURI().resolve("/health/readiness"));
    }

    private double metric(ApplicationContext rekognizer, String name) {
        var page = get(rekognizer.getBean(EmbeddedServer.class).getURI().resolve("/prometheus"));
        return page.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode stats() {
        try {
            return JSON.readTree(get(URI.create(TestStack.rekognition().url() + "/_sluice/stats")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode awaitServed(int calls) {
        await().atMost(Duration.ofMinutes(2)).until(() -> succeeded(stats()) >= calls);
        return stats();
    }

    private static int succeeded(JsonNode stats) {
        return stats.path("succeeded").asInt();
    }

    private static int indexed(JsonNode stats) {
        return stats.path("calls").path("IndexFaces").asInt();
    }

    private void fault(String json) {
        var status = send(HttpRequest.newBuilder(
                                URI.create(TestStack.rekognition().url() + "/_sluice/faults"))
                        .POST(BodyPublishers.ofString(json)))
                .statusCode();
        assertThat(status).isEqualTo(204);
    }

    private String get(URI address) {
        return send(HttpRequest.newBuilder(address)).body();
    }

    private java.net.http.HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
