package io.sluice.indexer;

import static io.sluice.testkit.PipelineLab.await;
import static io.sluice.testkit.Samples.product;
import static io.sluice.testkit.Samples.vectors;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.micronaut.context.ApplicationContext;
import io.sluice.qdrant.QdrantServer;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.PipelineStatus.Waiting;
import io.sluice.runtime.RetryPolicy;
import io.sluice.runtime.RetryPolicy.Tier;
import io.sluice.runtime.SluiceConfig;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.Topics;
import io.sluice.schemas.event.Event;
import io.sluice.schemas.product.ProductVectors;
import io.sluice.schemas.wire.Headers;
import io.sluice.stores.product.ProductLedger;
import io.sluice.stores.product.VectorStore;
import io.sluice.testkit.PipelineLab;
import io.sluice.testkit.Samples;
import io.sluice.testkit.TestKafka;
import io.sluice.testkit.TestPostgres;
import io.sluice.testkit.TestStack;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records that a store fails on although it works, among records that it takes. */
class RecordsAtFaultIT {
    private static final String INDEX = "builtin-1";
    private static final int DIMENSION = 8;
    private static final int GOOD = 200;
    private static final int BAD = 24;
    private static final AtomicInteger SORTS = new AtomicInteger();

    @TempDir
    Path dir;

    private final PipelineLab lab = PipelineLab.open(2);
    private final TestPostgres.Database database = TestStack.postgres();
    private final JsonCodec codec = new JsonCodec();
    private QdrantServer qdrant;
    private ApplicationContext stores;

    @BeforeEach
    void start() {
        qdrant = QdrantServer.start(new QdrantServer.Config("127.0.0.1", 0, dir, null));
        stores = ApplicationContext.run(
                Map.of("database.url", database.url(), "qdrant.url", "http://127.0.0.1:" + qdrant.port()));
    }

    @AfterEach
    void stop() {
        lab.close();
        stores.close();
        qdrant.close();
    }

    /** The bad records come in one run, in the middle of the good ones. */
    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            names = {"UNKNOWN", "INTERNAL", "RESOURCE_EXHAUSTED"})
    void eachGoesToTheDeadLettersOnceAndNoneDelaysOthersOrBlamesTheStore(Status.Code code) {
        var store = store(code, false);
        var pipeline = pipeline(store);
        for (var i = 0; i < GOOD; i++) {
            if (i == GOOD / 2) {
                for (var bad = 0; bad < BAD; bad++) {
                    write("bad-" + bad);
                }
            }
            write("good-" + i);
        }
        var began = System.nanoTime();
        lab.start(pipeline);

        lab.awaitDrained(pipeline);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
        assertThat(lab.deadLetters(pipeline))
                .extracting(record -> new String(record.key(), UTF_8))
                .hasSize(BAD)
                .doesNotHaveDuplicates()
                .allMatch(key -> key.startsWith("bad-"));
        assertThat(lab.deadLetters(pipeline))
                .extracting(record -> TestKafka.header(record, Headers.ERROR_CLASS))
                .containsOnly("QDRANT_REJECTED");
        assertThat(found(store)).isEqualTo(GOOD);
        assertThat(lab.reports("job-good-199")).containsExactly("indexed:succeeded");
        assertThat(lab.reports("job-bad-0")).containsExactly("indexed:dead");
    }

    /** Some of them are rejected with codes that the table of the store knows, some fail in a way that no table knows. */
    @Test
    void recordsOfSeveralSortsNeitherDelayOthersNorBlameTheStoreThroughTwoRestarts() {
        var store = new FaultyVectorStore(
                stores.getBean(VectorStore.class), RecordsAtFaultIT::fault, id -> id.startsWith("bad-"));
        var pipeline = withQuickTiers(pipeline(store));
        var starts = Duration.ofSeconds(5); // what two restarts may take of the time, on a busy machine
        var began = System.currentTimeMillis();
        for (var i = 0; i < GOOD; i++) {
            for (var bad = 0; i % (GOOD / 4) == 10 && bad < 15; bad++) {
                write("bad-" + ((i / (GOOD / 4)) * 15 + bad));
            }
            write("good-" + i);
        }

        for (var start = 0; start < 2; start++) {
            var letters = lab.deadLetters(pipeline).size();
            try (var running = lab.start(pipeline)) {
                await().until(() -> lab.deadLetters(pipeline).size() > letters + 5);
                assertThat(running.status()).isNotInstanceOf(Waiting.class);
            }
        }
        lab.start(pipeline);
        lab.awaitDrained(pipeline);

        assertThat(lab.deadLetters(pipeline))
                .extracting(record -> new String(record.key(), UTF_8))
                .hasSize(60)
                .doesNotHaveDuplicates()
                .allMatch(key -> key.startsWith("bad-"));
        assertThat(found(store)).isEqualTo(GOOD);
        assertThat(lab.read(Topics.JOB_EVENTS))
                .filteredOn(event -> new String(event.key(), UTF_8).startsWith("job-good-"))
                .allMatch(event -> event.timestamp() - began < 10_000 + starts.toMillis());
    }

    /** Another program has locked the row of a product, and every service has its default timeouts. */
    @Test
    void aProductWhoseRowIsLockedHoldsNoOtherBackForTenSeconds() throws Exception {
        var pipeline = withQuickTiers(pipeline(stores.getBean(VectorStore.class)));
        var ledger = stores.getBean(ProductLedger.class);
        ledger.save(List.of(new ProductLedger.Entry("bad-0", 0, product("bad-0", "before"))));
        try (var other = DriverManager.getConnection(database.url(), database.user(), "");
                var lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("SELECT 1 FROM products WHERE id = 'bad-0' FOR UPDATE");
            var began = System.currentTimeMillis();
            for (var i = 0; i < GOOD; i++) {
                write(i == GOOD / 2 ? "bad-0" : "good-" + i);
            }
            lab.start(pipeline);
            await().until(() -> lab.retries(pipeline, "retry-10s").size() == 1);
            other.rollback();
            lab.awaitDrained(pipeline);

            assertThat(lab.deadLetters(pipeline)).isEmpty();
            assertThat(lab.reports("job-bad-0")).contains("indexed:retrying").endsWith("indexed:succeeded");
            assertThat(lab.read(Topics.JOB_EVENTS))
                    .filteredOn(event -> new String(event.key(), UTF_8).startsWith("job-good-"))
                    .hasSize(GOOD - 1)
                    .allMatch(event -> event.timestamp() - began < 10_000);
        }
    }

    /** Fails in one of several ways. */
    private static RuntimeException fault() {
        return switch (SORTS.getAndIncrement() % 4) {
            case 0 -> Status.UNKNOWN.withDescription("provoked").asRuntimeException();
            case 1 -> Status.INTERNAL.withDescription("provoked").asRuntimeException();
            case 2 -> Status.RESOURCE_EXHAUSTED.withDescription("provoked").asRuntimeException();
            default -> new IllegalStateException("provoked");
        };
    }

    private static <E extends Event> Pipeline<E> withQuickTiers(Pipeline<E> of) {
        var retry = new RetryPolicy(
                2,
                Duration.ofMillis(50),
                Duration.ofMillis(50),
                Duration.ofMillis(500),
                List.of(new Tier("retry-10s", Duration.ofSeconds(1)), new Tier("retry-2m", Duration.ofSeconds(1))));
        return new Pipeline<>(
                of.name(),
                of.group(),
                of.source(),
                of.batchSize(),
                of.targets(),
                of.jobKind(),
                of.stage(),
                of.completesJobs(),
                of.dependencies(),
                of.errors(),
                of.handler(),
                retry);
    }

    @Test
    void aStoreThatFailsItsProbeGetsNoRecordIntoTheDeadLetters() {
        var store = store(Status.Code.INTERNAL, true);
        var pipeline = pipeline(store);
        for (var i = 0; i < GOOD; i++) {
            write("good-" + i);
        }
        lab.start(pipeline);

        await().until(() -> lab.reports("job-good-0").contains("indexed:retrying"));
        assertThat(lab.deadLetters(pipeline)).isEmpty();
        store.comeBack();
        lab.awaitDrained(pipeline);

        assertThat(lab.deadLetters(pipeline)).isEmpty();
        assertThat(found(store)).isEqualTo(GOOD);
    }

    private FaultyVectorStore store(Status.Code code, boolean isDown) {
        var store = new FaultyVectorStore(
                stores.getBean(VectorStore.class),
                () -> code.toStatus().withDescription("provoked").asRuntimeException(),
                id -> id.startsWith("bad-"));
        if (isDown) {
            store.goDown();
        }
        return store;
    }

    private Pipeline<ProductVectors> pipeline(VectorStore store) {
        lab.create(Topics.productVectors(INDEX));
        var sluice = new SluiceConfig(2, 1, "", 1, INDEX, 1, dir, "127.0.0.1");
        return new IndexerPipeline()
                .pipeline(sluice, new IndexerConfig(128, 1_000), stores.getBean(ProductLedger.class), store);
    }

    private void write(String id) {
        var value = new String(codec.encode(vectors(product(id, id), DIMENSION)), UTF_8);
        var headers = Map.of(Headers.ENTITY_VERSION, "1", Headers.JOB_ID, "job-" + id);
        lab.kafka().write(lab.names().of(Topics.productVectors(INDEX)), id, value, headers);
    }

    /** {@return how many jobs have succeeded; a search finds only good products} */
    private long found(VectorStore store) {
        var near = Map.of(ProductVectors.TEXT, Samples.unit(1, DIMENSION));
        assertThat(store.search(INDEX, new VectorStore.Query(near, List.of(), 100)))
                .allMatch(hit -> hit.name().startsWith("good-"));
        return lab.reports().entrySet().stream()
                .filter(job -> job.getValue().contains("indexed:succeeded"))
                .count();
    }
}
