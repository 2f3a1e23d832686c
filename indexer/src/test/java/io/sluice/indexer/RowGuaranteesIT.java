package io.sluice.indexer;

import static io.sluice.indexer.Imports.KINDS;
import static io.sluice.indexer.Imports.company;
import static io.sluice.indexer.Imports.request;
import static io.sluice.indexer.Imports.siret;
import static io.sluice.testkit.PipelineLab.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.sluice.runtime.EventPublisher;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.runtime.kafka.KafkaEventPublisher;
import io.sluice.runtime.kafka.KafkaWriter;
import io.sluice.runtime.run.RunningPipeline;
import io.sluice.schemas.Topic;
import io.sluice.schemas.Topics;
import io.sluice.schemas.imports.ImportRow;
import io.sluice.schemas.imports.ImportRow.Data;
import io.sluice.schemas.imports.ImportRow.End;
import io.sluice.schemas.imports.ImportRow.Reason;
import io.sluice.schemas.imports.ImportRow.Rejection;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.wire.Headers;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import io.sluice.stores.imports.ImportLedger;
import io.sluice.stores.imports.ImportLedger.Counts;
import io.sluice.stores.imports.RowStore;
import io.sluice.stores.product.ProductLedger;
import io.sluice.testkit.FaultyProducer;
import io.sluice.testkit.PipelineLab;
import io.sluice.testkit.TestKafka;
import io.sluice.testkit.TestPostgres;
import io.sluice.testkit.TestStack;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks the guarantees for imports, through crashes, on a real broker and a real Postgres. */
class RowGuaranteesIT {
    private static final int KEYS = 60;
    private static final String REFUSED = "Nobody";

    private final TestPostgres.Database database = TestStack.postgres();
    private final PipelineLab lab = PipelineLab.open(3);
    private final JsonCodec codec = new JsonCodec();
    private ApplicationContext stores;
    private ImportLedger imports;
    private KafkaWriter writer;
    private EventPublisher publisher;

    @BeforeEach
    void start() {
        stores = ApplicationContext.run(Map.of("database.url", database.url()));
        imports = stores.getBean(ImportLedger.class);
        Imports.prepareTables(stores.getBean(RowStore.class));
        writer = new KafkaWriter(new KafkaProducer<>(lab.kafka().settings().producer()));
        publisher = new KafkaEventPublisher(writer, codec, lab.names());
        lab.create(Topics.IMPORT_ROWS, Topics.PRODUCTS, Topics.JOB_EVENTS);
    }

    @AfterEach
    void stop() {
        lab.close();
        writer.close();
        stores.close();
    }

    @Seeded
    @Test
    void everyRowIsCountedOnceAndTheTableMatchesTheFileThroughCrashes(Seed seed) {
        var random = seed.random();
        database.run("ALTER TABLE companies ADD CONSTRAINT nobody CHECK (name <> '%s')".formatted(REFUSED));
        var rows = interleaved(random, 400);
        var twice = twice(random, rows);
        List.of("i1", "i2").forEach(id -> imports.open(request(id, "companies", false)));

        var instances = new ArrayList<RunningPipeline>();
        var done = 0;
        while (done < twice.size()) {
            instances.add(lab.start(pipeline(20 + random.nextInt(60))));
            var next = Math.min(twice.size(), done + 100 + random.nextInt(300));
            twice.subList(done, next).forEach(this::write);
            done = next;
            var enough = random.nextInt(done);
            // rows that were written twice have one outcome
            var half = expectedOutcomes(List.copyOf(new HashSet<>(twice.subList(0, done)))) / 2;
            await().until(() -> outcomes() >= Math.min(enough, half));
            if (random.nextBoolean()) {
                instances.removeLast().crash();
            }
        }
        var last = pipeline(50);
        lab.start(last);
        lab.awaitDrained(last);

        var expected = new Model(rows);
        assertThat(reasons()).allMatch(reason -> reason.equals("is missing") || reason.contains("constraint nobody"));
        for (var id : List.of("i1", "i2")) {
            var known = imports.find(id).orElseThrow();
            assertThat(known.counts()).as(id).isEqualTo(expected.counts(id));
            assertThat(known.isComplete()).isTrue();
            assertThat(lab.reports("job-of-" + id)).contains("imported:succeeded");
            assertThat(imports.rejected(id, 0, 10_000))
                    .hasSize((int) expected.counts(id).rejected());
        }
        assertThat(table()).isEqualTo(expected.table);
        assertThat(lab.deadLetters(last)).isEmpty();
    }

    @Test
    void aCanceledImportStopsInTheMiddleAndEveryRowHasAnOutcome() {
        var total = 400;
        imports.open(request("i1", "companies", false));
        var rows = IntStream.range(0, total)
                .mapToObj(i -> company("i1", i + 2, siret(i), "Company " + i))
                .toList();
        rows.subList(0, total / 2).forEach(this::write);
        var pipeline = pipeline(10);
        lab.start(pipeline);
        await().until(() -> outcomes() > 20);

        var canceled = imports.cancel(request("i1", "companies", false));
        rows.subList(total / 2, total).forEach(this::write);
        write(new End("i1", total));
        lab.awaitDrained(pipeline);

        var counts = imports.find("i1").orElseThrow().counts();
        assertThat(counts.created()).isEqualTo(canceled.counts().created()).isLessThan(total);
        assertThat(counts.done()).isEqualTo(total);
        assertThat(table()).hasSize((int) counts.created());
        assertThat(lab.reports("job-of-i1")).doesNotContain("imported:succeeded");
    }

    @Test
    void aProductThatIsTooLargeForItsTopicIsRejectedAndTheCountsStayExact() throws Exception {
        var total = 60;
        takeAtMost(Topics.PRODUCTS, 8_000);
        imports.open(request("i1", "products", false));
        for (var i = 0; i < total; i++) {
            var size = i % 10 == 3 ? 15_000 : 100;
            write(product("i1", i + 2, "p" + i, noise(size)));
        }
        write(new End("i1", total));
        var pipeline = pipeline(25);
        lab.start(pipeline);

        lab.awaitDrained(pipeline);

        var known = imports.find("i1").orElseThrow();
        assertThat(known.counts()).isEqualTo(new Counts(60L, 54, 0, 0, 6, 0));
        assertThat(lab.reports("job-of-i1")).contains("imported:succeeded");
        assertThat(imports.rejected("i1", 0, 99))
                .hasSize(6)
                .allSatisfy(rejected -> assertThat(rejected.reasons().getFirst().message())
                        .startsWith("the product is larger than the topic products.v1 takes"));
        // When Kafka's client splits a batch that is too large, now and then its sequence numbers get out of order.
        // Then
        // it gives up after its delivery timeout, and the rows are published again.
        assertThat(lab.events(Topics.PRODUCTS).stream()
                        .map(ProductSaved::productId)
                        .distinct())
                .hasSize(54);
        assertThat(lab.deadLetters(pipeline)).isEmpty();
    }

    @Test
    void aProductOfNoImportThatIsTooLargeForItsTopicIsADeadLetter() throws Exception {
        takeAtMost(Topics.PRODUCTS, 8_000);
        write(product(null, null, "p1", noise(15_000)));
        write(product(null, null, "p2", "fits"));
        var pipeline = pipeline(25);
        lab.start(pipeline);

        lab.awaitDrained(pipeline);

        assertThat(lab.deadLetters(pipeline))
                .singleElement()
                .satisfies(letter -> assertThat(TestKafka.header(letter, Headers.ERROR_CLASS))
                        .isEqualTo("TOO_LARGE"));
        assertThat(lab.events(Topics.PRODUCTS))
                .extracting(ProductSaved::productId)
                .containsExactly("p2");
    }

    @Test
    void productsWaitWhileKafkaDoesNotAcceptThem() {
        var refusals = new AtomicInteger(3);
        writer.close();
        writer = new KafkaWriter(
                FaultyProducer.around(new KafkaProducer<>(lab.kafka().settings().producer()), message -> {
                    if (refusals.getAndDecrement() > 0) {
                        throw new TimeoutException("no leader");
                    }
                }));
        publisher = new KafkaEventPublisher(writer, codec, lab.names());
        imports.open(request("i1", "products", false));
        write(product("i1", 2, "p1", "folds"));
        write(new End("i1", 1));
        var pipeline = pipeline(25);
        lab.start(pipeline);

        lab.awaitDrained(pipeline);

        assertThat(refusals).hasNonPositiveValue();
        assertThat(lab.deadLetters(pipeline)).isEmpty();
        assertThat(imports.find("i1").orElseThrow().counts()).isEqualTo(new Counts(1L, 1, 0, 0, 0, 0));
    }

    private void takeAtMost(Topic<?> topic, int bytes) throws Exception {
        var name = new ConfigResource(ConfigResource.Type.TOPIC, lab.names().of(topic));
        var limit = new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes));
        lab.kafka()
                .admin()
                .incrementalAlterConfigs(Map.of(name, List.of(new AlterConfigOp(limit, AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    private static Data product(@Nullable String importId, @Nullable Integer rowNumber, String id, String description) {
        return new Data(
                "products",
                importId,
                rowNumber,
                Map.of("product_id", id, "name", "Product " + id, "description", description));
    }

    /** {@return text that compression does not shorten} */
    private static String noise(int length) {
        var random = new Random(length);
        return random.ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Two imports with rows for the same keys. Some rows are wrong, and the database refuses others. */
    private static List<ImportRow> interleaved(Random random, int each) {
        var rows = new ArrayList<ImportRow>();
        var next = Map.of("i1", new int[] {2}, "i2", new int[] {2});
        for (var i = 0; i < 2 * each; i++) {
            var id = random.nextBoolean() ? "i1" : "i2";
            var counter = next.getOrDefault(id, new int[1]);
            var rowNumber = counter[0]++;
            var name = random.nextInt(20) == 0 ? REFUSED : "Name " + random.nextInt(4);
            rows.add(
                    random.nextInt(10) == 0
                            ? new Rejection(
                                    id, rowNumber, Map.of("Nom", "?"), List.of(new Reason("siret", "is missing")))
                            : company(id, rowNumber, siret(random.nextInt(KEYS)), name));
        }
        next.forEach((id, counter) -> rows.add(new End(id, counter[0] - 2)));
        return rows;
    }

    /** Repeats all rows after their end, like an importer that crashed at its end, and single rows anywhere. */
    private static List<ImportRow> twice(Random random, List<ImportRow> rows) {
        var twice = new ArrayList<ImportRow>();
        for (var i = 0; i < rows.size(); i++) {
            twice.add(rows.get(i));
            if (i > 0 && random.nextInt(10) == 0) {
                twice.add(rows.get(random.nextInt(i)));
            }
        }
        twice.addAll(rows);
        return twice;
    }

    private static long expectedOutcomes(List<ImportRow> rows) {
        return rows.stream().filter(row -> !(row instanceof End)).count();
    }

    /** Computes the expected tables and outcomes row by row. */
    private static final class Model {
        private final Map<String, String> table = new TreeMap<>();
        private final Map<String, Map<String, Long>> outcomes = new TreeMap<>();

        Model(List<ImportRow> rows) {
            for (var row : rows) {
                switch (row) {
                    case Rejection rejection -> count(rejection.importId(), "rejected");
                    case End end ->
                        outcomes.computeIfAbsent(end.importId(), _ -> new TreeMap<>())
                                .put("total", (long) end.rowsTotal());
                    case Data data -> write(data);
                }
            }
        }

        private void write(Data row) {
            var id = String.valueOf(row.importId());
            var name = row.fields().getOrDefault("name", "");
            var key = row.fields().getOrDefault("siret", "");
            if (name.equals(REFUSED)) {
                count(id, "rejected");
                return;
            }
            var before = table.put(key, name);
            count(id, before == null ? "created" : before.equals(name) ? "unchanged" : "updated");
        }

        private void count(String id, String outcome) {
            outcomes.computeIfAbsent(id, _ -> new TreeMap<>()).merge(outcome, 1L, Long::sum);
        }

        Counts counts(String id) {
            var of = outcomes.getOrDefault(id, Map.of());
            return new Counts(
                    of.get("total"),
                    of.getOrDefault("created", 0L),
                    of.getOrDefault("updated", 0L),
                    of.getOrDefault("unchanged", 0L),
                    of.getOrDefault("rejected", 0L),
                    0);
        }
    }

    private Pipeline<ImportRow> pipeline(int batchSize) {
        var store = stores.getBean(RowStore.class);
        var products = new ProductForwarder(store, imports, stores.getBean(ProductLedger.class), publisher);
        var indexer = new RowIndexer(store, imports, new RowClassifier(KINDS), products, Clock.systemUTC());
        return RowsPipeline.writing(store, indexer, batchSize);
    }

    private void write(ImportRow row) {
        lab.write(Topics.IMPORT_ROWS, Imports.key(row), new String(codec.encode(row), UTF_8), null);
    }

    private Set<String> reasons() {
        return Stream.of("i1", "i2")
                .flatMap(id -> imports.rejected(id, 0, 10_000).stream())
                .flatMap(rejected -> rejected.reasons().stream())
                .map(Reason::message)
                .collect(Collectors.toSet());
    }

    private long outcomes() {
        return imports.list(10, null).stream()
                .mapToLong(known -> known.counts().done())
                .sum();
    }

    private Map<String, String> table() {
        var table = new TreeMap<String, String>();
        var seen = new HashSet<String>();
        for (var row : database.rows("SELECT siret, name FROM companies")) {
            assertThat(seen.add(row.getFirst())).isTrue();
            table.put(row.getFirst(), row.getLast());
        }
        return table;
    }
}
