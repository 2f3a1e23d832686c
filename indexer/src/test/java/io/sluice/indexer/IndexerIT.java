package io.sluice.indexer;

import static io.sluice.testkit.PipelineLab.await;
import static io.sluice.testkit.Samples.product;
import static io.sluice.testkit.Samples.vectors;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.sluice.qdrant.QdrantServer;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.Topics;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobStatus;
import io.sluice.schemas.product.ProductVectors;
import io.sluice.schemas.wire.Headers;
import io.sluice.stack.LocalPostgres;
import io.sluice.stores.product.ProductLedger;
import io.sluice.stores.product.VectorStore;
import io.sluice.testkit.PipelineLab;
import io.sluice.testkit.Samples;
import io.sluice.testkit.TestStack;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service, with a real broker, a real Postgres and the embedded vector store. */
class IndexerIT {
    private static final String INDEX = "builtin-1";
    private static final int DIMENSION = 8;
    /** Folder into which the shared Postgres has unpacked its programs; another folder would unpack them again. */
    private static final Path BINARIES =
            Path.of(System.getProperty("java.io.tmpdir"), "sluice-postgres-" + System.getProperty("user.name"));

    private static final Duration LOOK = Duration.ofMillis(300);
    private static final Duration OUTAGE = Duration.ofSeconds(6);

    @TempDir
    Path dir;

    private final PipelineLab lab = PipelineLab.open(2);
    private final JsonCodec codec = new JsonCodec();
    private QdrantServer qdrant;
    private @Nullable ApplicationContext service;

    @BeforeEach
    void start() {
        qdrant = qdrant(0);
    }

    @AfterEach
    void stop() {
        if (service != null) {
            service.close();
        }
        qdrant.close();
        lab.close();
    }

    @Test
    void completesAJobWhenItsProductCanBeFound() throws Exception {
        var indexer = startService(TestStack.postgres().url());
        save("p1", "first", 1, "job-1");
        save("p1", "second", 2, "job-2");
        save("p1", "late", 1, "job-3");
        save("p2", "gone", 4, "job-4");
        delete("p2", 5, "job-5");
        save("p2", "late", 4, "job-6");

        awaitReport("job-6");

        assertThat(lab.reports("job-2")).containsExactly("indexed:succeeded");
        assertThat(lab.reports("job-3")).containsExactly("indexed:superseded");
        assertThat(lab.reports("job-5")).containsExactly("indexed:succeeded");
        assertThat(lab.reports("job-6")).containsExactly("indexed:superseded");
        assertThat(found(indexer)).containsExactly("second");
        assertThat(indexer.getBean(ProductLedger.class).find("p2")).isEmpty();
        assertThat(get(indexer, "/health/readiness")).contains("\"UP\"");
        assertThat(get(indexer, "/health/liveness")).contains("\"UP\"");
        assertThat(get(indexer, "/prometheus")).contains("sluice_");
    }

    @Test
    void jobsWaitWhileQdrantIsAwayAndThenSucceed() {
        var indexer = startService(TestStack.postgres().url());
        save("p0", "before", 1, "job-before");
        awaitReport("job-before");
        var port = qdrant.port();
        qdrant.close();
        save10(2);

        await().pollInterval(LOOK).until(() -> lab.reports("job-0").contains("indexed:retrying"));
        await().during(OUTAGE)
                .until(() -> lab.deadLetters(pipeline(indexer)).isEmpty()
                        && lab.reports("job-0").stream().allMatch("indexed:retrying"::equals));
        qdrant = qdrant(port);

        awaitAll10Succeed(indexer);
    }

    @Test
    void jobsWaitWhilePostgresIsAwayAndThenSucceed() {
        var folder = TestStack.newFolder("indexer-postgres");
        var postgres = LocalPostgres.start(folder);
        try {
            var indexer = startService(postgres.jdbcUrl());
            save("p0", "before", 1, "job-before");
            awaitReport("job-before");
            var port = postgres.port();
            postgres.close();
            save10(2);

            await().pollInterval(LOOK).until(() -> lab.reports("job-0").contains("indexed:retrying"));
            await().during(OUTAGE)
                    .until(() -> lab.deadLetters(pipeline(indexer)).isEmpty()
                            && lab.reports("job-0").stream().allMatch("indexed:retrying"::equals));
            postgres = LocalPostgres.start(folder, BINARIES, "127.0.0.1", port);

            awaitAll10Succeed(indexer);
        } finally {
            if (service != null) {
                service.close();
            }
            postgres.close();
        }
    }

    @Test
    void continuesWhereItStoppedAfterARestart() {
        var database = TestStack.postgres().url();
        startService(database).close();
        save10(1);

        var indexer = startService(database);

        awaitAll10Succeed(indexer);
    }

    @Test
    void aServiceThatNeverReachesPostgresStopsWithOneSentence() {
        assertThatThrownBy(() ->
                        startService("jdbc:postgresql://127.0.0.1:1/sluice", Map.of("database.start-timeout", "500ms")))
                .hasMessageContaining("DATABASE_URL")
                .hasMessageNotContaining("\n");
    }

    @Test
    void looksForObjectsOfPhotosThatAreNotNeeded() {
        var database = TestStack.postgres();

        startService(database.url());

        await().until(() -> database.rows(
                        "SELECT task_name FROM operations.scheduled_tasks WHERE last_success IS NOT NULL ORDER BY 1")
                .equals(List.of(List.of("photo-object-removal"), List.of("photo-object-sweep"))));
    }

    @Test
    void anIndexThatSearchesDoNotReadIsBuiltAndReportsNothingToJobs() {
        var database = TestStack.postgres().url();
        var first = startService(database);
        save("p1", "first", 1, "job-1");
        awaitReport("job-1");
        first.close();

        var second = startService(database, Map.of("sluice.index", "builtin-2"));
        write("builtin-2", "p1", "first", 1, "job-1");
        write("builtin-2", "p2", "second", 2, "job-2");
        var topic = lab.names().of(Topics.productVectors("builtin-2"));
        lab.kafka().write(topic, "p3", "{", Map.of(Headers.ENTITY_VERSION, "3", Headers.JOB_ID, "job-3"));
        lab.awaitDrained(pipeline(second));

        var vectors = second.getBean(VectorStore.class);
        assertThat(vectors.servedIndex()).map(VectorStore.ServedIndex::name).contains("builtin-1");
        assertThat(found(vectors, "builtin-2")).containsExactlyInAnyOrder("first", "second");
        assertThat(found(vectors, "builtin-1")).containsExactly("first");
        assertThat(lab.reports()).isEqualTo(Map.of("job-1", List.of("indexed:succeeded")));
        assertThat(lab.deadLetters(pipeline(second))).hasSize(1);
    }

    private void awaitAll10Succeed(ApplicationContext indexer) {
        var jobs = IntStream.range(0, 10).mapToObj(i -> "job-" + i).toList();
        await().pollInterval(LOOK).until(() -> succeeded().containsAll(jobs));
        lab.awaitDrained(pipeline(indexer));
        assertThat(lab.deadLetters(pipeline(indexer))).isEmpty();
        assertThat(found(indexer))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 10).mapToObj(i -> "name " + i).toList());
    }

    private List<String> succeeded() {
        return lab.events(Topics.JOB_EVENTS).stream()
                .filter(event -> event.outcome() == JobStatus.SUCCEEDED)
                .map(JobEvent::jobId)
                .toList();
    }

    private void save10(long fromVersion) {
        for (var i = 0; i < 10; i++) {
            save("p" + i, "name " + i, fromVersion + i, "job-" + i);
        }
    }

    private void save(String id, String name, long version, String jobId) {
        write(INDEX, id, name, version, jobId);
    }

    private void delete(String id, long version, String jobId) {
        write(INDEX, id, null, version, jobId);
    }

    /** @param name null deletes the product */
    private void write(String index, String id, @Nullable String name, long version, String jobId) {
        var value = name == null ? null : new String(codec.encode(vectors(product(id, name), DIMENSION)), UTF_8);
        var headers = Map.of(Headers.ENTITY_VERSION, String.valueOf(version), Headers.JOB_ID, jobId);
        lab.kafka().write(lab.names().of(Topics.productVectors(index)), id, value, headers);
    }

    private void awaitReport(String jobId) {
        await().pollInterval(LOOK).until(() -> !lab.reports(jobId).isEmpty());
    }

    private static List<String> found(ApplicationContext indexer) {
        return found(indexer.getBean(VectorStore.class), INDEX);
    }

    private static List<String> found(VectorStore vectors, String index) {
        var near = Map.of(ProductVectors.TEXT, Samples.unit(1, DIMENSION));
        return vectors.search(index, new VectorStore.Query(near, List.of(), 100)).stream()
                .map(VectorStore.Hit::name)
                .toList();
    }

    private static Pipeline<?> pipeline(ApplicationContext indexer) {
        return indexer.getBeansOfType(Pipeline.class).stream()
                .filter(pipeline -> pipeline.name().equals("indexer"))
                .findFirst()
                .orElseThrow();
    }

    private ApplicationContext startService(String database) {
        return startService(database, Map.of());
    }

    private ApplicationContext startService(String database, Map<String, Object> more) {
        var properties = new HashMap<String, Object>(more);
        properties.put("kafka.bootstrap.servers", lab.kafka().bootstrapServers());
        properties.put("sluice.topic-prefix", lab.names().of(Topics.JOBS).replace(Topics.JOBS.name(), ""));
        properties.put("sluice.partitions", 2);
        properties.put("sluice.indexer.port", -1);
        properties.put("database.url", database);
        properties.put("s3.endpoint", TestStack.s3().url());
        properties.put("qdrant.url", "http://127.0.0.1:" + qdrant.port());
        var started = Indexer.start(properties);
        service = started;
        return started;
    }

    private QdrantServer qdrant(int port) {
        return QdrantServer.start(new QdrantServer.Config("127.0.0.1", port, dir, null));
    }

    private static String get(ApplicationContext indexer, String path) throws Exception {
        var uri = URI.create(indexer.getBean(EmbeddedServer.class).getURL() + path);
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
