package io.sluice.indexer;

import static io.sluice.testkit.Samples.product;
import static io.sluice.testkit.Samples.vectors;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.Status;
import io.micronaut.context.ApplicationContext;
import io.sluice.qdrant.QdrantServer;
import io.sluice.runtime.SluiceConfig;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.runtime.kafka.KafkaEventPublisher;
import io.sluice.runtime.kafka.KafkaWriter;
import io.sluice.schemas.Topics;
import io.sluice.schemas.wire.Headers;
import io.sluice.stores.imports.ImportLedger;
import io.sluice.stores.imports.RowStore;
import io.sluice.stores.product.ProductLedger;
import io.sluice.stores.product.VectorStore;
import io.sluice.testkit.FaultInjector;
import io.sluice.testkit.FaultInjector.Fault;
import io.sluice.testkit.PipelineLab;
import io.sluice.testkit.TestStack;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One record of which the handler fails in any way, among 200 good ones, while Qdrant and Postgres work. */
class AnyFaultIT {
    private static final String INDEX = "builtin-1";
    private static final int DIMENSION = 8;
    private static final int GOOD = 200;
    private static final List<String> NO_STORES_FAULT = List.of("UNCLASSIFIED", "QDRANT_REJECTED", "POSTGRES_REJECTED");
    /** With {@code -Dsluice.faults=all} every one, which takes five minutes; otherwise one of each sort. */
    private static final boolean ALL = "all".equals(System.getProperty("sluice.faults"));

    private static final List<String> SOME_STATES = List.of("08006", "22001", "42501", "57014", "XX000");
    private static final List<Status.Code> SOME_CODES =
            List.of(Status.Code.INVALID_ARGUMENT, Status.Code.UNAVAILABLE, Status.Code.UNKNOWN);
    /** One or more of each class that a statement can end with. */
    private static final List<String> SQL_STATES = List.of(
            "", "08006", "0A000", "21000", "22001", "22P05", "23505", "23514", "25006", "28P01", "2D000", "3D000",
            "3F000", "40001", "40P01", "42501", "42P01", "53100", "53300", "54000", "55P03", "57014", "57P01", "58030",
            "72000", "F0000", "HV000", "P0001", "XX000");

    @TempDir
    Path dir;

    private final PipelineLab lab = PipelineLab.open(1);
    private final JsonCodec codec = new JsonCodec();
    private QdrantServer qdrant;
    private ApplicationContext stores;

    @BeforeEach
    void start() {
        qdrant = QdrantServer.start(new QdrantServer.Config("127.0.0.1", 0, dir, null));
        stores = ApplicationContext.run(
                Map.of("database.url", TestStack.postgres().url(), "qdrant.url", "http://127.0.0.1:" + qdrant.port()));
    }

    @AfterEach
    void stop() {
        lab.close();
        stores.close();
        qdrant.close();
    }

    static Stream<Fault> exceptions() {
        return Stream.of(
                new Fault("an exception that no table knows", () -> new IllegalStateException("provoked")),
                new Fault("an Error", () -> new StackOverflowError("provoked")),
                new Fault("an AssertionError", () -> new AssertionError("provoked")));
    }

    static Stream<Fault> sqlStates() {
        return (ALL ? SQL_STATES : SOME_STATES)
                .stream().map(state -> new Fault("SQLSTATE " + state, () -> new SQLException("provoked", state)));
    }

    static Stream<Fault> inProducts() {
        var grpc = Stream.of(Status.Code.values())
                .filter(code -> ALL ? code != Status.Code.OK : SOME_CODES.contains(code))
                .map(code -> new Fault(
                        "gRPC " + code,
                        () -> code.toStatus().withDescription("provoked").asRuntimeException()));
        var hangs = new Fault(
                "hangs until the default timeout of Qdrant",
                Duration.ofSeconds(10),
                () -> Status.DEADLINE_EXCEEDED.asRuntimeException());
        return Stream.of(exceptions(), grpc, sqlStates(), Stream.of(hangs)).flatMap(all -> all);
    }

    static Stream<Fault> inRows() {
        var hangs = new Fault(
                "hangs until the default timeout of Postgres",
                Duration.ofMillis(13_500),
                () -> new SQLException("provoked", "57014"));
        return Stream.of(exceptions(), sqlStates(), Stream.of(hangs)).flatMap(all -> all);
    }

    @ParameterizedTest
    @MethodSource("inProducts")
    void aProductThatFailsIsGivenUpOnceAndStopsNoOther(Fault fault) {
        lab.create(Topics.productVectors(INDEX));
        write(Topics.productVectors(INDEX).name(), id -> codec.encode(vectors(product(id, id), DIMENSION)));
        var sluice = new SluiceConfig(1, 1, "", 1, INDEX, 1, dir, "127.0.0.1");
        var pipeline = new IndexerPipeline()
                .pipeline(
                        sluice,
                        new IndexerConfig(128, 1_000),
                        stores.getBean(ProductLedger.class),
                        stores.getBean(VectorStore.class));

        new FaultInjector(lab, key(GOOD / 2)).check(pipeline, fault, GOOD, NO_STORES_FAULT);
    }

    @ParameterizedTest
    @MethodSource("inRows")
    void aRowThatFailsIsGivenUpOnceAndStopsNoOther(Fault fault) {
        var rows = stores.getBean(RowStore.class);
        Imports.prepareTables(rows);
        lab.create(Topics.IMPORT_ROWS, Topics.PRODUCTS);
        write(Topics.IMPORT_ROWS.name(), key -> codec.encode(Imports.company(null, null, key.substring(10), key)));
        try (var writer =
                new KafkaWriter(new KafkaProducer<>(lab.kafka().settings().producer()))) {
            var imports = stores.getBean(ImportLedger.class);
            var forwarder = new ProductForwarder(
                    rows,
                    imports,
                    stores.getBean(ProductLedger.class),
                    new KafkaEventPublisher(writer, codec, lab.names()));
            var indexer = new RowIndexer(rows, imports, new RowClassifier(Imports.KINDS), forwarder, Clock.systemUTC());

            new FaultInjector(lab, key(GOOD / 2))
                    .check(RowsPipeline.writing(rows, indexer, 1_000), fault, GOOD, NO_STORES_FAULT);
        }
    }

    private interface Value {
        byte[] of(String key);
    }

    /** {@return a key that may be that of a product and that of a row} */
    private static String key(int number) {
        return "companies:" + Imports.siret(number);
    }

    private void write(String topic, Value value) {
        var messages = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (var i = 0; i <= GOOD; i++) {
            var message = new ProducerRecord<>(lab.names().prefix() + topic, key(i).getBytes(UTF_8), value.of(key(i)));
            message.headers()
                    .add(Headers.ENTITY_VERSION, "1".getBytes(UTF_8))
                    .add(Headers.JOB_ID, ("job-" + key(i)).getBytes(UTF_8));
            messages.add(message);
        }
        lab.kafka().write(messages);
    }
}
