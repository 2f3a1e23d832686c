package io.sluice.importer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.sluice.imports.kind.ImportKinds;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.runtime.kafka.KafkaEventPublisher;
import io.sluice.runtime.kafka.KafkaWriter;
import io.sluice.schemas.Topics;
import io.sluice.schemas.imports.ImportRequested;
import io.sluice.schemas.imports.ImportRow.End;
import io.sluice.stores.imports.ImportConfig;
import io.sluice.stores.imports.ImportLedger;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.testkit.FaultInjector;
import io.sluice.testkit.FaultInjector.Fault;
import io.sluice.testkit.PipelineLab;
import io.sluice.testkit.TestStack;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** One file whose import fails in any way, among others that are good, while the object store and Postgres work. */
class AnyFaultIT {
    private static final int GOOD = 20;
    private static final String BAD = "bad";
    private static final List<String> NO_STORES_FAULT = List.of("UNCLASSIFIED", "POSTGRES_REJECTED");

    private final PipelineLab lab = PipelineLab.open(1);
    private final ApplicationContext stores = ApplicationContext.run(Map.of(
            "database.url", TestStack.postgres().url(),
            "s3.endpoint", TestStack.s3().url(),
            "s3.bucket", "any-import-fault"));
    private final KafkaWriter writer =
            new KafkaWriter(new KafkaProducer<>(lab.kafka().settings().producer()));

    @AfterEach
    void close() {
        lab.close();
        writer.close();
        stores.close();
    }

    static Stream<Fault> inTheHandler() {
        return Stream.of(
                new Fault("an exception that no table knows", () -> new IllegalStateException("provoked")),
                new Fault("an Error", () -> new StackOverflowError("provoked")));
    }

    static Stream<Fault> inTheObjectStore() {
        var statuses = IntStream.of(301, 400, 403, 404, 409, 416, 429, 500, 503)
                .mapToObj(status -> new Fault(
                        "S3 " + status,
                        () -> S3Exception.builder()
                                .statusCode(status)
                                .message("provoked")
                                .build()));
        return Stream.concat(
                statuses,
                Stream.of(
                        new Fault("S3: connection refused", () -> SdkClientException.create("provoked")),
                        new Fault("S3: a broken stream", () -> new IllegalStateException("provoked")),
                        new Fault(
                                "S3: hangs past its timeout of 2 s",
                                Duration.ofSeconds(2),
                                () -> ApiCallTimeoutException.create(2_000))));
    }

    static Stream<Fault> inTheLedger() {
        var states = Stream.of("", "08006", "22001", "22P05", "25006", "40001", "42501", "53100", "57014", "XX000")
                .map(state -> new Fault(
                        "SQLSTATE " + state, () -> new IllegalStateException(new SQLException("provoked", state))));
        var hangs = new Fault(
                "Postgres: hangs past its timeout of 2 s",
                Duration.ofSeconds(2),
                () -> new IllegalStateException(new SQLException("provoked", "57014")));
        return Stream.concat(states, Stream.of(hangs));
    }

    @ParameterizedTest
    @MethodSource("inTheHandler")
    void aFileThatFailsIsGivenUpOnceAndStopsNobody(Fault fault) {
        publish();
        var reader = reader(stores.getBean(ObjectStore.class), stores.getBean(ImportLedger.class));

        new FaultInjector(lab, BAD).check(pipeline(reader), fault, GOOD, NO_STORES_FAULT);
        allGoodFilesAreRead();
    }

    @ParameterizedTest
    @MethodSource("inTheObjectStore")
    void aFileThatTheStoreDoesNotGiveIsGivenUpOnceAndStopsNobody(Fault fault) {
        var file = publish().object();
        var objects = failing(ObjectStore.class, "get", argument -> argument.equals(file), fault);

        new FaultInjector(lab, BAD)
                .checkStore(
                        pipeline(reader(objects, stores.getBean(ImportLedger.class))), fault, GOOD, NO_STORES_FAULT);
        allGoodFilesAreRead();
    }

    /** The rows of the file are not published, because its columns are noted before. */
    @ParameterizedTest
    @MethodSource("inTheLedger")
    void aFileThatTheLedgerCannotNoteIsGivenUpOnceAndStopsNobody(Fault fault) {
        publish();
        var ledger = failing(ImportLedger.class, "describe", BAD::equals, fault);

        new FaultInjector(lab, BAD)
                .checkStore(pipeline(reader(stores.getBean(ObjectStore.class), ledger)), fault, GOOD, NO_STORES_FAULT);
        allGoodFilesAreRead();
    }

    private void allGoodFilesAreRead() {
        assertThat(lab.events(Topics.IMPORT_ROWS).stream()
                        .filter(End.class::isInstance)
                        .map(end -> ((End) end).importId()))
                .hasSize(GOOD)
                .doesNotHaveDuplicates()
                .doesNotContain(BAD);
    }

    /** {@return the import of the file that is to fail} */
    private ImportRequested publish() {
        lab.create(Topics.IMPORTS, Topics.IMPORT_ROWS, Topics.JOB_EVENTS);
        var bad = request(BAD);
        for (var i = 0; i < GOOD; i++) {
            if (i == GOOD / 2) {
                lab.publish(Topics.IMPORTS, bad, bad.jobId());
            }
            var good = request("good-" + i);
            lab.publish(Topics.IMPORTS, good, good.jobId());
        }
        return bad;
    }

    private ImportRequested request(String id) {
        var text = "slug;name\n%s;Name of %s\n".formatted(id, id);
        var object = stores.getBean(ObjectStore.class).put("imports", text.getBytes(UTF_8), "text/csv");
        return new ImportRequested(id, "categories", object, "a.csv", Map.of(), null, null, "job-" + id, null, null);
    }

    private ImportReader reader(ObjectStore objects, ImportLedger ledger) {
        var config = stores.getBean(ImportConfig.class);
        var events = new ImportJobEvents(Clock.systemUTC());
        var publisher = new KafkaEventPublisher(writer, new JsonCodec(), lab.names());
        return new ImportReader(
                ledger,
                stores.getBean(ImportKinds.class),
                new ImportFiles(objects, config, new SheetLimitsConfig(500, 200 << 20)),
                config,
                new SecondPass(ledger, publisher, events, Clock.systemUTC()),
                events);
    }

    /** The stores that the pipeline probes work. */
    private Pipeline<ImportRequested> pipeline(ImportReader reader) {
        return new ImporterPipeline()
                .pipeline(reader, stores.getBean(ObjectStore.class), stores.getBean(ImportLedger.class));
    }

    /** {@return the real store, of which one method fails when its first argument is that of the bad file} */
    private <S> S failing(Class<S> type, String name, Predicate<Object> isBad, Fault fault) {
        var real = stores.getBean(type);
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
                    if (method.getName().equals(name) && isBad.test(args[0])) {
                        fault.happen();
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                }));
    }
}
