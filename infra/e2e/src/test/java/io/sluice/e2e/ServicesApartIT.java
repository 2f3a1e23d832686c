package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.SluiceClient;
import io.sluice.client.accounts.Me;
import io.sluice.client.http.Answer;
import io.sluice.client.http.Patience;
import io.sluice.client.imports.ImportState;
import io.sluice.client.jobs.JobState.Stage;
import io.sluice.client.photo.Photo;
import io.sluice.client.search.SearchQuery;
import io.sluice.local.samples.Companies;
import io.sluice.samplemodels.ClipBundle;
import io.sluice.samplemodels.Shape;
import io.sluice.schemas.Topics;
import io.sluice.schemas.job.JobStatus;
import io.sluice.schemas.wire.Headers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs every service in a process of its own, with a CLIP model, while single stores stop and start again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServicesApartIT {
    private static final String INDEX = "clip-sample-1";
    private static final String RETRIES =
            Topics.retries(Topics.PRODUCTS.name(), Topics.embedderGroup(INDEX), Topics.FIRST_RETRY);
    private static final Duration OUTAGE = Duration.ofSeconds(6);
    private static final Set<JobStatus> OPEN = Set.of(JobStatus.QUEUED, JobStatus.PROCESSING, JobStatus.RETRYING);

    private Stores stores;
    private Services services;
    private SluiceClient sluice;
    private KafkaTopics topics;

    @BeforeAll
    void start(@TempDir Path folder) {
        stores = new Stores(folder.resolve("stores"));
        var model = folder.resolve("clip-sample");
        ClipBundle.write(model, Shape.small(), 42);
        var environment = new HashMap<>(stores.environment());
        environment.put("EMBEDDER_MODEL", model.toString());
        environment.put("SLUICE_INDEX", INDEX);
        services = new Services(folder.resolve("services"), environment);
        services.startEmbedder();
        services.startIndexer();
        services.startImporter();
        services.startGateway();
        sluice = services.client();
        topics = new KafkaTopics(stores.kafka());
    }

    @AfterAll
    void stop() throws InterruptedException {
        topics.close();
        sluice.close();
        services.close();
        stores.close();
    }

    @Test
    void aTextIsLookedForInTextsAndInPictures() throws Exception {
        var pair = "\"pair\":\"clip\"";
        var plain = sluice.products().save(fields("clip-plain", pair)).orElseThrow();
        var pictured = sluice.products()
                .save(fields("clip-pictured", pair), Products.picture(5))
                .orElseThrow();
        assertThat(plain.body().path("embedding_dimension").asInt()).isEqualTo(512);
        var stages = new ArrayList<Stage>();
        var ended = sluice.jobs()
                .follow(pictured.jobId(), Patience.none(), stages::add)
                .orElseThrow();
        assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(stages).isEqualTo(ended.stages()).isNotEmpty();

        var found = sluice.search()
                .find(SearchQuery.of("Product clip-plain").withFilter("pair:clip"))
                .orElseThrow();

        assertThat(found.model()).isEqualTo("clip-sample");
        // the product without a picture has the query's words and is found by text only; the other one is found in both
        // spaces
        assertThat(found.productIds()).containsExactly("clip-pictured", "clip-plain");
    }

    @Test
    void aClosedGatewayIsForThoseWhoAreSignedIn() throws Exception {
        assertThat(sluice.users().me().orElseThrow()).isEqualTo(new Me("admin", "admin"));
        try (var nobody = new SluiceClient(services.gateway())) {
            var refused = nobody.products().save(Products.fields("of-nobody"));
            assertThat(refused.status()).as(refused.toString()).isEqualTo(401);
            assertThat(nobody.search().find(SearchQuery.of("tea")).status()).isEqualTo(401);
        }
        assertThat(sluice.products().find("of-nobody").status()).isEqualTo(404);
    }

    @Test
    void aGatewayWithoutASecretSaysWhatToSet() throws Exception {
        try (var gateway = services.startGatewayWithoutSecret()) {
            assertThat(gateway.exitCode(Duration.ofMinutes(1))).isEqualTo(1);
            assertThat(gateway.err().lines().filter(line -> line.startsWith("sluice: ")))
                    .singleElement()
                    .asString()
                    .contains("SLUICE_JWT_SECRET");
        }
    }

    private static Map<String, String> fields(String id, String metadata) {
        var fields = new HashMap<>(Products.fields(id));
        fields.put("metadata", "{" + metadata + "}");
        return fields;
    }

    @Test
    void jobsWaitWhileTheVectorStoreIsAway() throws Exception {
        jobsWaitWhile(stores::stopQdrant, stores::startQdrant, "qdrant");
    }

    @Test
    void jobsAndImportsWaitWhilePostgresIsAway(@TempDir Path folder) throws Exception {
        var rows = Companies.rows(0, 5_000);
        var imports = new ArrayList<String>();
        jobsWaitWhile(
                () -> {
                    stores.stopPostgres();
                    imports.add(send(folder, rows));
                },
                () -> {
                    assertThat(importState(imports.getFirst()).status()).isIn(OPEN);
                    stores.startPostgres();
                },
                "postgres");
        patiently()
                .untilAsserted(() ->
                        assertThat(importState(imports.getFirst()).status()).isEqualTo(JobStatus.SUCCEEDED));
        var end = importState(imports.getFirst());
        assertThat(end.rowsCreated()).as(end.toString()).isEqualTo(rows.size());
        assertThat(Imports.companies(stores.jdbcUrl())).containsAllEntriesOf(Imports.names(rows));
    }

    @Test
    void photosWaitWhilePostgresIsAway() throws Exception {
        var before = topics.deadLetters();
        assertThat(sluice.users().me().isSuccess()).as("signed in").isTrue();
        stores.stopPostgres();
        var ids = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            ids.add(Photos.upload(sluice, Photos.plain(i)));
        }
        stores.startPostgres();
        for (var id : ids) {
            patiently().until(() -> isPrepared(id));
        }
        assertThat(topics.deadLetters()).isEqualTo(before);
    }

    private boolean isPrepared(String photo) throws IOException {
        return sluice.photos().find(photo) instanceof Answer.Success<Photo>(var _, var found)
                && found.status().isPrepared();
    }

    private String send(Path folder, List<List<String>> rows) {
        try {
            return Imports.send(sluice, folder, rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ImportState importState(String id) {
        try {
            return Imports.state(sluice, id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aRowOnTheWrongPartitionReachesItsTable() throws Exception {
        var partitions = topics.partitions("import-rows.v1");
        var number = misplacedCompany(partitions);
        var key = "companies:" + Companies.siret(number);
        topics.send(new ProducerRecord<>(
                "import-rows.v1",
                librdkafkaPartition(key, partitions),
                key.getBytes(UTF_8),
                "{\"kind\":\"companies\",\"fields\":{\"siret\":\"%s\",\"name\":\"By kcat\"}}"
                        .formatted(Companies.siret(number))
                        .getBytes(UTF_8)));
        patiently()
                .untilAsserted(() -> assertThat(Imports.companies(stores.jdbcUrl()))
                        .containsEntry(Companies.siret(number), "By kcat"));
    }

    private static int misplacedCompany(int partitions) {
        for (int i = 900_000; ; i++) {
            if (isMisplaced("companies:" + Companies.siret(i), partitions)) {
                return i;
            }
        }
    }

    private void jobsWaitWhile(Runnable stopPart, Runnable startPart, String name) throws Exception {
        var before = topics.deadLetters();
        stopPart.run();
        var jobs = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            var answer = sluice.products().save(Products.fields(name + "-" + i), Products.picture(name.hashCode() + i));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
            jobs.add(answer.orElseThrow().jobId());
        }
        Awaitility.await()
                .during(OUTAGE)
                .atMost(OUTAGE.multipliedBy(2))
                .untilAsserted(() -> assertThat(statuses(jobs)).isSubsetOf(OPEN));
        startPart.run();
        patiently().untilAsserted(() -> assertThat(statuses(jobs)).containsOnly(JobStatus.SUCCEEDED));
        assertThat(topics.deadLetters()).isEqualTo(before);
    }

    @Test
    void aProductWaitsWhileTheObjectStoreWithItsPictureIsAway() throws Exception {
        var before = topics.deadLetters();
        // Given a product with a picture, whose claim check another product can use
        var first = sluice.products()
                .save(Products.fields("s3-first"), Products.picture(77))
                .orElseThrow();
        patiently().until(() -> status(first.jobId()) == JobStatus.SUCCEEDED);
        stores.stopS3();
        // When pictures cannot be stored, the caller is told; a text product still goes through
        var refused = sluice.products().save(Products.fields("s3-refused"), Products.picture(78));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(sluice.products().save(Products.fields("s3-text")).status()).isEqualTo(200);
        // And a product whose picture must be fetched waits
        topics.send(record("s3-waits", withPicture("s3-waits")));
        Awaitility.await()
                .during(OUTAGE)
                .atMost(OUTAGE.multipliedBy(2))
                .until(() -> sluice.products().find("s3-waits").status() == 404);
        assertThat(topics.deadLetters()).isEqualTo(before);
        assertThat(waiting("s3-waits")).isEmpty();
        // Then the record has failed only when the store is back and answers that there is no such object
        stores.startS3();
        patiently().until(() -> !waiting("s3-waits").isEmpty());
        var reason = waiting("s3-waits").getFirst().headers().lastHeader(Headers.ERROR_CLASS);
        assertThat(new String(reason.value(), UTF_8)).isEqualTo("OBJECT_MISSING");
        assertThat(sluice.products()
                        .save(Products.fields("s3-after"), Products.picture(79))
                        .status())
                .isEqualTo(202);
    }

    /** {@return the records of this key that have been in the embedder's first retry topic} */
    private List<ConsumerRecord<byte[], byte[]>> waiting(String key) throws Exception {
        return topics.read(RETRIES).stream()
                .filter(record -> new String(record.key(), UTF_8).equals(key))
                .toList();
    }

    /** A claim check for bytes that have no vectors yet, so that the embedder must fetch them. */
    private static String withPicture(String id) {
        var sha256 = "00".repeat(32);
        return "{\"product_id\":\"%s\",\"name\":\"n\",\"description\":\"d\",\"image\":{\"bucket\":\"sluice\",\"key\":\"products/%s\",\"sha256\":\"%s\",\"content_type\":\"image/png\",\"size\":10}}"
                .formatted(id, sha256, sha256);
    }

    @Test
    void oneUndecodableRecordAmongAHundredStopsNobody() throws Exception {
        var broken = "{\"product_id\": \"broken\", \"name\": ".getBytes(UTF_8);
        for (int i = 0; i < 100; i++) {
            if (i == 50) {
                topics.send(new ProducerRecord<>("products.v1", "broken".getBytes(UTF_8), broken));
            }
            topics.send(record("upstream-" + i, Products.json("upstream-" + i)));
        }
        for (int i = 0; i < 100; i++) {
            var id = "upstream-" + i;
            patiently().until(() -> sluice.products().find(id).status() == 200);
        }
        var dead = topics.read("products.v1.embedder.dlq").stream()
                .filter(record -> new String(record.key(), UTF_8).equals("broken"))
                .toList();
        assertThat(dead).singleElement().satisfies(record -> {
            assertThat(record.value()).isEqualTo(broken);
            var reason = record.headers().lastHeader(Headers.ERROR_CLASS);
            assertThat(new String(reason.value(), UTF_8)).isEqualTo("UNDECODABLE");
        });
    }

    @Test
    void aRecordOnTheWrongPartitionFindsItsWay() throws Exception {
        var partitions = topics.partitions("products.v1");
        var id = misplacedId(partitions);
        topics.send(new ProducerRecord<>(
                "products.v1",
                librdkafkaPartition(id, partitions),
                id.getBytes(UTF_8),
                Products.json(id).getBytes(UTF_8)));
        patiently().until(() -> sluice.products().find(id).status() == 200);
        var query = SearchQuery.of("Product " + id).withFilter("sku:" + id);
        assertThat(sluice.search().find(query).orElseThrow().productIds()).startsWith(id);
    }

    @Test
    void anEmbedderThatIsKilledHandsItsWorkToTheOther() throws Exception {
        var other = services.startAnotherEmbedder();
        var ids = new ArrayList<String>();
        for (int i = 0; i < 60; i++) {
            var id = "shared-" + i;
            topics.send(record(id, Products.json(id)));
            ids.add(id);
            if (i == 30) {
                other.kill();
            }
        }
        for (var id : ids) {
            patiently().until(() -> sluice.products().find(id).status() == 200);
        }
    }

    private static ProducerRecord<byte[], byte[]> record(String id, String json) {
        return new ProducerRecord<>("products.v1", id.getBytes(UTF_8), json.getBytes(UTF_8));
    }

    private static String misplacedId(int partitions) {
        for (int i = 0; ; i++) {
            var id = "kcat-" + i;
            if (isMisplaced(id, partitions)) {
                return id;
            }
        }
    }

    private static boolean isMisplaced(String key, int partitions) {
        return librdkafkaPartition(key, partitions)
                != Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % partitions;
    }

    /** librdkafka's default partitioner, {@code consistent_random}, for a record with a key. */
    private static int librdkafkaPartition(String key, int partitions) {
        var crc = new CRC32();
        crc.update(key.getBytes(UTF_8));
        return (int) (crc.getValue() % partitions);
    }

    private List<JobStatus> statuses(List<String> jobs) throws IOException {
        var statuses = new ArrayList<JobStatus>();
        for (var job : jobs) {
            statuses.add(status(job));
        }
        return statuses;
    }

    private JobStatus status(String job) throws IOException {
        return sluice.jobs().find(job).orElseThrow().status();
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(90, TimeUnit.SECONDS).pollInterval(Duration.ofMillis(200));
    }
}
