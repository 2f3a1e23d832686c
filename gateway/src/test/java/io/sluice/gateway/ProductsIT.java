package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.gateway.GatewayUnderTest.Answer;
import io.sluice.gateway.OneGateway.Surroundings;
import io.sluice.testkit.TestKafka;
import io.sluice.testkit.TestStack;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Products through the whole gateway, over real sockets, a real broker and real stores. */
@ExtendWith(OneGateway.class)
class ProductsIT {
    private static final String INDEX = "/api/v1/index-product";
    private static final String INDEX_WITH_IMAGE = "/api/v1/index-product-with-image";

    private GatewayUnderTest gateway;
    private Surroundings all;

    @BeforeEach
    void gateway(Surroundings all) {
        this.all = all;
        this.gateway = all.gateway();
    }

    /** The calls replace the whole product. A caller that sends its text alone is told what it loses. */
    @Test
    void saysThatAPictureIsRemoved() {
        var withPicture = form("gone-1").file("image_file", "a.png", "image/png", Pictures.png(20, 20, 4));
        assertThat(gateway.post(INDEX_WITH_IMAGE, withPicture, "Prefer", "wait=30")
                        .status())
                .isEqualTo(200);

        var replaced = gateway.post("/api/v1/index-product", form("gone-1"));
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().path("picture_removed").asBoolean()).isTrue();
        var job = gateway.get("/api/v1/jobs/" + replaced.json().path("job_id").asText());
        assertThat(job.json().at("/counts/pictures_removed").asInt()).isEqualTo(1);

        var again = gateway.post("/api/v1/index-product", form("gone-1"));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().has("picture_removed")).isFalse();
        assertThat(again.json().has("warnings")).isFalse();
    }

    /** Clients of the former API send Python's text of a dictionary, so it is not refused. */
    @Test
    void saysThatMetadataThatLooksLikeJsonIsKeptAsAText() {
        for (var nearly : new String[] {"{'a': 1}", "{\"a\": 1,}", "[1, 2]", "\"text\"", "{\"a\": 1} x"}) {
            var answer = gateway.post("/api/v1/index-product", form("nearly-1").field("metadata", nearly));
            assertThat(answer.status()).as(nearly).isEqualTo(200);
            assertThat(answer.json().at("/warnings/0").asText()).as(nearly).contains("metadata looks like JSON");
        }
        var stored = gateway.get("/api/v1/products/nearly-1").json();
        assertThat(stored.at("/metadata/text").asText()).isEqualTo("{\"a\": 1} x");
        var line = "{\"product_id\":\"nearly-2\",\"name\":\"a\",\"description\":\"b\",\"metadata\":\"{'a':1}\"}";
        var bulk = gateway.post("/api/v1/products:batch", "application/x-ndjson", line.getBytes(UTF_8));
        assertThat(new String(bulk.response().body(), UTF_8)).contains("queued", "metadata looks like JSON");
    }

    /** As a browser sends a Blob. */
    @Test
    void takesMetadataThatHasAFileName() {
        var answer = gateway.post(
                "/api/v1/index-product",
                form("blob-1").file("metadata", "blob", "application/json", "{\"color\":\"red\"}".getBytes(UTF_8)));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(gateway.get("/api/v1/products/blob-1")
                        .json()
                        .at("/metadata/color")
                        .asText())
                .isEqualTo("red");
    }

    @Test
    void answersTheFormOfTheFormerApiWhenTheProductCanBeFound() {
        var answer = gateway.post(INDEX, form("test-123").field("metadata", "extra-data"));

        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        assertThat(answer.json().path("status").asText()).isEqualTo("success");
        assertThat(answer.json().path("message").asText()).isEqualTo("Product test-123 indexed successfully");
        assertThat(answer.json().path("embedding_dimension").asInt()).isEqualTo(EmbedderStub.DIMENSION);
        var job = gateway.get("/api/v1/jobs/" + answer.json().path("job_id").asText());
        assertThat(job.json().path("status").asText()).isEqualTo("succeeded");
        assertThat(job.json().path("stages").findValuesAsText("stage"))
                .containsExactly("accepted", "embedded", "indexed");
        assertThat(gateway.get("/api/v1/products/test-123")
                        .json()
                        .at("/metadata/text")
                        .asText())
                .isEqualTo("extra-data");
    }

    @Test
    void acceptsAUrlencodedFormAndJsonToo() {
        var form = "product_id=form-1&name=%C3%89tag%C3%A8re&description=A+shelf&metadata=SKU-123";
        var asForm = gateway.post(INDEX, "application/x-www-form-urlencoded", form.getBytes(UTF_8));
        assertThat(asForm.status()).as("%s", asForm.json()).isEqualTo(200);
        var json = """
            {"product_id": "json-1", "name": "Étagère", "description": "A shelf", "metadata": {"sku": "123"}}
            """;
        var asJson = gateway.post(INDEX, "application/json", json.getBytes(UTF_8));
        assertThat(asJson.status()).as("%s", asJson.json()).isEqualTo(200);

        var one = gateway.get("/api/v1/products/form-1").json();
        var other = gateway.get("/api/v1/products/json-1").json();
        assertThat(one.path("name").asText())
                .isEqualTo("Étagère")
                .isEqualTo(other.path("name").asText());
        assertThat(one.at("/metadata/text").asText()).isEqualTo("SKU-123");
        assertThat(other.at("/metadata/sku").asText()).isEqualTo("123");
    }

    @Test
    void readsJsonMetadataInAFormAsAnObject() {
        gateway.post(INDEX, form("meta-1").field("metadata", "{\"color\": \"red\", \"sizes\": [1, 2]}"));

        var metadata = gateway.get("/api/v1/products/meta-1").json().path("metadata");
        assertThat(metadata.path("color").asText()).isEqualTo("red");
        assertThat(metadata.at("/sizes/1").asInt()).isEqualTo(2);
    }

    @Test
    void findsAProductByTextRightAfterTheAnswer() {
        gateway.post(INDEX, form("find-1", "A most unusual kettle").field("metadata", "{\"color\": \"mauve\"}"));

        for (var path : new String[] {"/api/v1/search", "/search"}) {
            var found = gateway.get(path + "?q=A+most+unusual+kettle&limit=3").json();
            var first = found.at("/results/0");
            assertThat(first.path("product_id").asText()).as("%s", found).isEqualTo("find-1");
            assertThat(first.path("score").asDouble()).isGreaterThan(0.99);
            assertThat(first.at("/metadata/color").asText()).isEqualTo("mauve");
            assertThat(first.has("image_url")).isFalse();
            assertThat(found.path("model").asText()).isEqualTo("stub");
            assertThat(found.path("index").asText()).isEqualTo(PretendPipeline.INDEX);
            assertThat(found.has("took_ms")).isTrue();
        }
        var filtered =
                gateway.get("/search?q=kettle&limit=100&filter=color:mauve").json();
        assertThat(filtered.path("results").findValuesAsText("product_id")).containsExactly("find-1");
    }

    @Test
    void acceptsAPictureAndServesIt() {
        var picture = Pictures.png(40, 30, 1);
        var answer = gateway.post(INDEX_WITH_IMAGE, form("pic-1").file("image_file", "a.jpg", "image/jpeg", picture));

        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(202);
        assertThat(answer.json().path("status").asText()).isEqualTo("queued");
        assertThat(answer.json().path("product_id").asText()).isEqualTo("pic-1");
        assertThat(answer.header("Location"))
                .isEqualTo("/api/v1/jobs/" + answer.json().path("job_id").asText());
        awaitSucceeded(answer);
        var url = gateway.get("/api/v1/products/pic-1").json().path("image_url").asText();
        var image = gateway.get(url);
        assertThat(image.response().body()).isEqualTo(picture);
        assertThat(image.header("Content-Type")).isEqualTo("image/png");
        var etag = image.header("ETag");
        for (var known : List.of(etag, "\"x\", " + etag, "W/" + etag, "*")) {
            var again = gateway.send(gateway.request(url).GET().header("If-None-Match", known));
            assertThat(again.status()).as(known).isEqualTo(304);
        }
    }

    @Test
    void waitsForAPictureToBeIndexedWhenAskedTo() {
        var answer = gateway.post(
                INDEX_WITH_IMAGE,
                form("pic-2").file("image_file", "a.png", "image/png", Pictures.png(20, 20, 2)),
                "Prefer",
                "wait=30");

        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        assertThat(answer.json().path("status").asText()).isEqualTo("indexed");
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=30");
    }

    @Test
    void findsByPictureAndByBoth() {
        var picture = Pictures.png(20, 20, 3);
        var byPicture = gateway.post("/search", new Multipart().file("image_file", "a.png", "image/png", picture));
        assertThat(byPicture.status()).as("%s", byPicture.json()).isEqualTo(200);
        var byBoth = gateway.post(
                "/api/v1/search",
                new Multipart()
                        .file("image_file", "a.png", "image/png", picture)
                        .field("q", "lamp"));
        assertThat(byBoth.status()).as("%s", byBoth.json()).isEqualTo(200);
        assertThat(all.embedder().asked.getLast().images()).hasSize(1);
    }

    @Test
    void answers202WhenTheJobTakesLongerThanTheWait() {
        var answer = gateway.post(INDEX, form("stuck-1"), "Prefer", "wait=1");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("status").asText()).isEqualTo("queued");
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=1");
        var job = gateway.get(answer.header("Location"));
        assertThat(job.json().path("status").asText()).isEqualTo("queued");
    }

    @Test
    void answersWithTheFailureOfTheJob() {
        var answer = gateway.post(INDEX, form("broken-1"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("code").asText()).isEqualTo("IMAGE_UNDECODABLE");
        assertThat(answer.json().path("detail").asText()).isEqualTo("not a picture at all");
        var job = gateway.get("/api/v1/jobs/" + answer.json().path("job_id").asText());
        assertThat(job.json().at("/error/code").asText()).isEqualTo("IMAGE_UNDECODABLE");
        assertThat(job.json().path("status").asText()).isEqualTo("dead");
    }

    @Test
    void treatsASupersededChangeAsDone() {
        assertThat(gateway.post(INDEX, form("late-1")).status()).isEqualTo(200);
    }

    @Test
    void answers404ForADeletedProduct() {
        gateway.post(INDEX, form("gone-1"));

        var answer = gateway.delete("/api/v1/products/gone-1", "Prefer", "wait=30");

        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        assertThat(answer.json().path("status").asText()).isEqualTo("deleted");
        assertThat(gateway.get("/api/v1/products/gone-1").status()).isEqualTo(404);
        assertThat(gateway.delete("/api/v1/products/gone-1").status()).isEqualTo(404);
    }

    @Test
    void deletesAProductThatIsStillInFlight() {
        gateway.post(INDEX, form("stuck-2"), "Prefer", "respond-async");

        var answer = gateway.delete("/api/v1/products/stuck-2");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Location")).startsWith("/api/v1/jobs/");
    }

    @Test
    void distinguishesIdsWithSpecialCharacters() {
        var id = "a b/c?d#é%2F+;=:@";
        assertThat(gateway.post(INDEX, form(id)).status()).isEqualTo(200);

        var path = "/api/v1/products/" + URLEncoder.encode(id, UTF_8).replace("+", "%20");
        var product = gateway.get(path);

        assertThat(product.status()).as("%s", product.json()).isEqualTo(200);
        assertThat(product.json().path("product_id").asText()).isEqualTo(id);
    }

    @Test
    void answersForAJobThatAnotherInstanceAccepted() {
        try (var other = new GatewayUnderTest(gateway.prefix, all.properties())) {
            var accepted = other.post(INDEX, form("shared-1"), "Prefer", "respond-async");

            var seen = gateway.get(accepted.header("Location"));

            assertThat(seen.status()).as("%s", seen.json()).isEqualTo(200);
            awaitSucceeded(accepted);
            var waited = other.post(INDEX, form("shared-2"));
            assertThat(waited.status()).as("%s", waited.json()).isEqualTo(200);
        }
    }

    @Test
    void writesTheEventUnderTheProductsIdWithItsJob() {
        var answer = gateway.post(INDEX, form("event-1"));

        var written = TestStack.kafka().read(gateway.topic("products.v1")).stream()
                .filter(message -> new String(message.key(), UTF_8).equals("event-1"))
                .toList();
        assertThat(written).hasSize(1);
        assertThat(TestKafka.headers(written.getFirst()))
                .isEqualTo(Map.of("x-job-id", answer.json().path("job_id").asText()));
    }

    private void awaitSucceeded(Answer accepted) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(gateway.get(accepted.header("Location"))
                                .json()
                                .path("status")
                                .asText())
                        .isEqualTo("succeeded"));
    }

    private static Multipart form(String id) {
        return form(id, "Lamp " + id);
    }

    private static Multipart form(String id, String name) {
        return new Multipart().field("product_id", id).field("name", name).field("description", "It gives light.");
    }
}
