package io.sluice.indexer;

import static io.sluice.indexer.Imports.KINDS;
import static io.sluice.indexer.Imports.company;
import static io.sluice.indexer.Imports.request;
import static io.sluice.indexer.Imports.siret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micronaut.context.ApplicationContext;
import io.sluice.imports.kind.ImportKind;
import io.sluice.runtime.EventPublisher;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Scope;
import io.sluice.runtime.FailureCode;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Outcome.Emit;
import io.sluice.runtime.Outcome.Failed;
import io.sluice.runtime.Received;
import io.sluice.runtime.RuntimeFailure;
import io.sluice.schemas.Topic;
import io.sluice.schemas.event.Event;
import io.sluice.schemas.imports.ImportRow;
import io.sluice.schemas.imports.ImportRow.Data;
import io.sluice.schemas.imports.ImportRow.End;
import io.sluice.schemas.imports.ImportRow.Reason;
import io.sluice.schemas.imports.ImportRow.Rejection;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobStatus;
import io.sluice.schemas.product.Metadata;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.imports.ImportFailure;
import io.sluice.stores.imports.ImportLedger;
import io.sluice.stores.imports.ImportLedger.Counts;
import io.sluice.stores.imports.RowStore;
import io.sluice.stores.imports.RowStore.Row;
import io.sluice.stores.imports.RowStore.RowOutcome;
import io.sluice.stores.product.ProductLedger;
import io.sluice.testkit.TestPostgres;
import io.sluice.testkit.TestStack;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The handler with a real Postgres. */
class RowIndexerIT {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final List<ProductSaved> published = new ArrayList<>();
    private final TestPostgres.Database database = TestStack.postgres();
    private boolean kafkaIsAway;
    private boolean failsNextWrite;
    private String tooLarge = "";
    private Runnable whilePublishing = () -> {};
    private ApplicationContext stores;
    private ImportLedger imports;
    private ProductLedger products;
    private ProductForwarder forwarder;
    private RowIndexer indexer;

    @BeforeEach
    void start() {
        stores = ApplicationContext.run(Map.of("database.url", database.url(), "database.pool.size", 1));
        imports = stores.getBean(ImportLedger.class);
        products = stores.getBean(ProductLedger.class);
        var store = failing(stores.getBean(RowStore.class));
        Imports.prepareTables(store);
        EventPublisher publisher = new EventPublisher() {
            @Override
            public <E extends Event> CompletableFuture<Position> publish(
                    Topic<E> topic, String key, @Nullable E event, Map<String, String> headers) {
                if (kafkaIsAway) {
                    return CompletableFuture.failedFuture(new IllegalStateException("away"));
                }
                if (key.equals(tooLarge)) {
                    return CompletableFuture.failedFuture(new RecordTooLargeException("2 MB"));
                }
                whilePublishing.run();
                published.add((ProductSaved) Objects.requireNonNull(event));
                return CompletableFuture.completedFuture(new Position(0, 0));
            }
        };
        forwarder = new ProductForwarder(store, imports, products, publisher);
        indexer = new RowIndexer(store, imports, new RowClassifier(KINDS), forwarder, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void stop() {
        stores.close();
    }

    @Test
    void theLastRecordOfAnImportReportsItsCounts() {
        imports.open(request("i1", "companies", false));

        var outcomes = handle(
                company("i1", 2, siret(1), "Ann"),
                company(null, null, siret(2), "Bob"),
                company("i1", 3, siret(3), "Cy"),
                company(null, null, siret(4), "Dee"));

        assertThat(outcomes.get(0)).isEqualTo(Outcome.done());
        assertThat(outcomes.get(1)).isEqualTo(Outcome.done());
        assertThat(outcomes.get(3)).isEqualTo(Outcome.done());
        assertThat(event(outcomes.get(2)))
                .isEqualTo(JobEvent.step("job-of-i1", "import", "written", NOW)
                        .withCounts(new Counts(null, 2, 0, 0, 0, 0).byName())
                        .withSubject("i1"));
    }

    @Test
    void reportsSuccessWhenEveryRowHasItsOutcomeInWhateverOrder() {
        imports.open(request("i1", "companies", false));
        handle(new End("i1", 2), company("i1", 2, siret(1), "Ann"));

        var last = handle(new Rejection("i1", 3, Map.of(), List.of(new Reason("siret", "is wrong"))));
        var again = handle(new Rejection("i1", 3, Map.of(), List.of(new Reason("siret", "is wrong"))));

        assertThat(event(last.getFirst()).outcome()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(event(last.getFirst()).stage()).isEqualTo("imported");
        assertThat(event(last.getFirst()).counts()).isEqualTo(new Counts(2L, 1, 0, 0, 1, 0).byName());
        assertThat(again).isEqualTo(last);
    }

    @Test
    void reportsTheCancellationThatACrashedGatewayDidNotReport() {
        imports.open(request("i1", "companies", false));
        imports.cancel(request("i1", "companies", false));

        var outcomes = handle(new End("i1", 1), company("i1", 2, siret(1), "Ann"));

        assertThat(outcomes.getFirst()).isEqualTo(Outcome.done());
        assertThat(event(outcomes.getLast()).outcome()).isEqualTo(JobStatus.CANCELED);
        assertThat(event(outcomes.getLast()).stage()).isEqualTo("canceled");
        assertThat(event(outcomes.getLast()).counts()).isEqualTo(new Counts(1L, 0, 0, 0, 0, 0).byName());
        assertThat(imports.find("i1").orElseThrow().counts()).isEqualTo(new Counts(1L, 0, 0, 0, 0, 1));
    }

    @Test
    void aRowOfAnImportThatBreaksTheRulesOfItsKindIsRejected() {
        imports.open(request("i1", "companies", false));

        imports.describe("i1", List.of("SIRET", "Nom"), Map.of("SIRET", "siret", "Nom", "name"));

        handle(company("i1", 2, "123", "Ann"));

        assertThat(imports.rejected("i1", 0, 9)).singleElement().satisfies(rejected -> {
            assertThat(rejected.reasons()).extracting(Reason::field).containsExactly("siret");
            assertThat(rejected.cells()).isEqualTo(Map.of("SIRET", "123", "Nom", "Ann"));
        });
    }

    @Test
    void aRowOfAnImportWithAnUnknownKindIsRejectedSoThatTheImportEnds() {
        imports.open(request("i1", "planets", false));

        var outcomes = handle(new Data("planets", "i1", 2, Map.of("name", "Mars")), new End("i1", 1));

        assertThat(event(outcomes.getLast()).outcome()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(imports.rejected("i1", 0, 9))
                .singleElement()
                .satisfies(rejected ->
                        assertThat(rejected.reasons().getFirst().message()).startsWith("there is no kind 'planets'"));
    }

    @Test
    void anUnusableRecordIsFatalAndTheOtherRowsAreWritten() {
        var good = company(null, null, siret(1), "Ann");
        var batch = List.<Received<ImportRow>>of(
                received(good),
                received(company(null, null, "123", "Bob")),
                new Received<>("companies:" + siret(2), good, 2, null),
                received(new Data("planets", null, null, Map.of())),
                new Received<>("companies:" + siret(3), null, 4, null),
                received(company("nobody-opened", 2, siret(5), "Eve")));

        var outcomes = handle(batch);

        assertThat(outcomes.getFirst()).isEqualTo(Outcome.done());
        assertThat(outcomes.stream().skip(1).map(RowIndexerIT::code))
                .containsExactly(
                        IndexerFailure.ROW_INVALID,
                        RuntimeFailure.KEY_MISMATCH,
                        ImportFailure.UNKNOWN_KIND,
                        IndexerFailure.ROW_DELETED,
                        IndexerFailure.IMPORT_UNKNOWN);
    }

    @Test
    void aRecordUnderTheFormerKeyOfItsNameHasThePresentOne() {
        var row = new Data("categories", null, null, Map.of("name", "C++"));

        var outcomes = handle(List.<Received<ImportRow>>of(
                new Received<>("categories:c", row, 1, null),
                new Received<>("categories:c-plus-plus", row, 2, null),
                new Received<>("categories:d", row, 3, null),
                new Received<>(
                        "categories:c",
                        new Data("categories", null, null, Map.of("name", "C", "slug", "b")),
                        4,
                        null)));

        assertThat(outcomes).startsWith(Outcome.done(), Outcome.done());
        assertThat(outcomes.stream().skip(2).map(RowIndexerIT::code)).containsOnly(RuntimeFailure.KEY_MISMATCH);
    }

    @Test
    void aPublishedProductKeepsWhatTheRowDoesNotMention() {
        var picture = new StoredObject("sluice", "products/x", "0".repeat(64), "image/png", 1);
        var chair = new ProductSaved("p1", "Chair", "Folds", Metadata.of(Map.of("color", "red", "size", 4)), picture);
        products.save(List.of(new ProductLedger.Entry("p1", 1, chair)));
        imports.open(request("i1", "products", false));

        handle(
                product("i1", 2, "p1", Map.of("name", "Chair", "description", "Folds", "metadata.color", "red")),
                product("i1", 3, "p2", Map.of("name", "Table", "description", "Stands")),
                product("i1", 4, "p1", Map.of("name", "Chair", "description", "Folds", "metadata.color", "")));

        assertThat(imports.find("i1").orElseThrow().counts()).isEqualTo(new Counts(null, 1, 1, 1, 0, 0));
        assertThat(published)
                .containsExactly(
                        chair,
                        new ProductSaved("p2", "Table", "Stands", Metadata.empty(), null),
                        new ProductSaved("p1", "Chair", "Folds", Metadata.of(Map.of("size", 4)), picture));
    }

    @Test
    void aDryRunPublishesNoProducts() {
        imports.open(request("i1", "products", true));

        handle(product("i1", 2, "p1", Map.of("name", "Chair", "description", "Folds")));

        assertThat(imports.find("i1").orElseThrow().counts()).isEqualTo(new Counts(null, 1, 0, 0, 0, 0));
        assertThat(published).isEmpty();
    }

    @Test
    void aProductThatKafkaDoesNotAcceptHasNoOutcomeYet() {
        imports.open(request("i1", "products", false));
        kafkaIsAway = true;

        var thrown =
                catchThrowable(() -> handle(product("i1", 2, "p1", Map.of("name", "Chair", "description", "Folds"))));

        assertThat(ProductForwarder.ERRORS.translate(thrown))
                .hasValueSatisfying(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(
                                Retryable.class,
                                retryable -> assertThat(retryable.scope()).isEqualTo(Scope.DEPENDENCY)));
        assertThat(imports.find("i1").orElseThrow().counts().done()).isZero();
    }

    @Test
    void rejectsTheRowOfAProductThatIsTooLargeForItsTopic() {
        imports.open(request("i1", "products", false));
        imports.describe("i1", List.of("Id", "Nom"), Map.of("Id", "product_id", "Nom", "name"));
        tooLarge = "p2";

        var outcomes = handle(
                product("i1", 2, "p1", Map.of("name", "Chair", "description", "Folds")),
                product("i1", 3, "p2", Map.of("name", "Table", "description", "Stands")),
                new End("i1", 2));

        assertThat(event(outcomes.getLast()).outcome()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(imports.find("i1").orElseThrow().counts()).isEqualTo(new Counts(2L, 1, 0, 0, 1, 0));
        assertThat(imports.rejected("i1", 0, 9)).singleElement().satisfies(rejected -> {
            assertThat(rejected.rowNumber()).isEqualTo(3);
            assertThat(rejected.cells()).isEqualTo(Map.of("Id", "p2", "Nom", "Table"));
            assertThat(rejected.reasons())
                    .containsExactly(new Reason(
                            null,
                            "the product is larger than the topic products.v1 takes: shorten its description"
                                    + " or metadata"));
        });
    }

    @Test
    void rejectsARowThatItsKindAllowsButNoProductMayHave() throws InterruptedException {
        imports.open(request("i1", "products", false));
        var kind = KINDS.find("products").orElseThrow();
        var tooLong = product("i1", 2, "p1", Map.of("name", "x".repeat(ProductSaved.MAX_NAME + 1), "description", "y"));
        var nameless = product(null, null, "p2", Map.of("description", "y"));

        var forwarded = forwarder.forward(List.of(new Row(kind, "p1", tooLong), new Row(kind, "p2", nameless)));

        assertThat(forwarded.results()).singleElement().satisfies(result -> {
            assertThat(result.outcome()).isEqualTo(RowOutcome.REJECTED);
            assertThat(result.reasons()).extracting(Reason::field).containsExactly("name");
        });
        assertThat(forwarded.failures().values()).extracting(Fatal::code).containsExactly(RuntimeFailure.INVALID_EVENT);
        assertThat(published).isEmpty();
    }

    @Test
    void aRowTakesNothingFromAnEarlierOneOfItsKeyThatWasTooLarge() {
        imports.open(request("i1", "products", false));
        tooLarge = "p1";
        whilePublishing = () -> tooLarge = "";

        handle(
                product("i1", 2, "p1", Map.of("name", "Chair", "description", "Folds", "metadata.notes", "long")),
                product("i1", 3, "p2", Map.of("name", "Table", "description", "Stands")),
                product("i1", 4, "p1", Map.of("name", "Chair", "description", "Folds")));

        assertThat(imports.find("i1").orElseThrow().counts()).isEqualTo(new Counts(null, 2, 0, 0, 1, 0));
        assertThat(published)
                .containsExactly(
                        new ProductSaved("p2", "Table", "Stands", Metadata.empty(), null),
                        new ProductSaved("p1", "Chair", "Folds", Metadata.empty(), null));
    }

    @Test
    void aProductOfNoImportIsPublishedAndATooLargeOneIsFatal() {
        tooLarge = "p2";

        var outcomes = handle(
                product(null, null, "p1", Map.of("name", "Chair", "description", "Folds")),
                product(null, null, "p2", Map.of("name", "Table", "description", "Stands")));

        assertThat(outcomes.getFirst()).isEqualTo(Outcome.done());
        assertThat(code(outcomes.getLast())).isEqualTo(RuntimeFailure.TOO_LARGE);
        assertThat(published).extracting(ProductSaved::productId).containsExactly("p1");
    }

    @Test
    void onlyThatOneOfTwoEqualRowsFailsThatKafkaRefused() {
        tooLarge = "p1";
        whilePublishing = () -> tooLarge = "";
        var chair = Map.of("name", "Chair", "description", "Folds");

        var outcomes = handle(
                product(null, null, "p1", chair),
                product(null, null, "p2", chair), // Kafka takes p1 from here on
                product(null, null, "p1", chair));

        assertThat(code(outcomes.getFirst())).isEqualTo(RuntimeFailure.TOO_LARGE);
        assertThat(outcomes.getLast()).isEqualTo(Outcome.done());
        assertThat(published).extracting(ProductSaved::productId).containsExactly("p2", "p1");
    }

    @Test
    void productsThatWerePublishedBeforeACrashArePublishedAgainAndCountedOnce() {
        imports.open(request("i1", "products", false));
        var batch = new ImportRow[] {
            product("i1", 2, "p1", Map.of("name", "Chair", "description", "Folds")),
            product("i1", 3, "p2", Map.of("name", "Table", "description", "Stands")),
            new End("i1", 2)
        };
        failsNextWrite = true;

        assertThat(catchThrowable(() -> handle(batch))).isInstanceOf(IllegalStateException.class);
        assertThat(published).extracting(ProductSaved::productId).containsExactly("p1", "p2");
        assertThat(imports.find("i1").orElseThrow().counts().done()).isZero();
        var outcomes = handle(batch);

        assertThat(published).extracting(ProductSaved::productId).containsExactly("p1", "p2", "p1", "p2");
        assertThat(published.subList(2, 4)).as("the same products").isEqualTo(published.subList(0, 2));
        assertThat(database.rows("SELECT count(*) FROM import_outcomes")).containsExactly(List.of("2"));
        assertThat(imports.find("i1").orElseThrow().counts()).isEqualTo(new Counts(2L, 2, 0, 0, 0, 0));
        assertThat(event(outcomes.getLast()).outcome()).isEqualTo(JobStatus.SUCCEEDED);
    }

    @Test
    void productsOfACanceledImportAreNotPublished() {
        imports.open(request("i1", "products", false));
        imports.cancel(request("i1", "products", false));

        var outcomes = handle(product("i1", 2, "p1", Map.of("name", "Chair", "description", "Folds")));

        assertThat(event(outcomes.getLast()).outcome()).isEqualTo(JobStatus.CANCELED);
        assertThat(imports.find("i1").orElseThrow().counts()).isEqualTo(new Counts(null, 0, 0, 0, 0, 1));
        assertThat(published).isEmpty();
    }

    @Test
    void productsOfAnImportThatIsCanceledWhileTheyArePublishedCountAsCanceled() {
        imports.open(request("i1", "products", false));
        whilePublishing = () -> imports.cancel(request("i1", "products", false));

        handle(product("i1", 2, "p1", Map.of("name", "Chair", "description", "Folds")));

        assertThat(imports.find("i1").orElseThrow().counts()).isEqualTo(new Counts(null, 0, 0, 0, 0, 1));
        assertThat(published).hasSize(1);
    }

    @Test
    void publishesNoFurtherRoundOfAnImportThatIsCanceledMeanwhile() {
        imports.open(request("i1", "products", false));
        whilePublishing = () -> imports.cancel(request("i1", "products", false));

        handle(
                product("i1", 2, "p1", Map.of("name", "Chair", "description", "Folds")),
                product("i1", 3, "p1", Map.of("name", "Stool", "description", "Folds")),
                product(null, null, "p1", Map.of("name", "Table", "description", "Stands")));

        assertThat(published).extracting(ProductSaved::name).containsExactly("Chair", "Table");
        assertThat(imports.find("i1").orElseThrow().counts()).isEqualTo(new Counts(null, 0, 0, 0, 0, 2));
    }

    @Test
    void aProductWithAnOutcomeIsNotPublishedAgainAndTheCountsAreReported() {
        imports.open(request("i1", "products", false));
        var chair = product("i1", 2, "p1", Map.of("name", "Chair", "description", "Folds"));

        var first = handle(chair, chair);
        var again = handle(chair);

        assertThat(published).hasSize(1);
        assertThat(again.getLast()).isEqualTo(first.getLast());
        assertThat(event(again.getLast()).counts()).isEqualTo(new Counts(null, 1, 0, 0, 0, 0).byName());
    }

    @Test
    void productsBesideARowThatATableRefusesArePublishedOnce() {
        imports.open(request("i1", "products", false));
        database.run("ALTER TABLE companies ADD CONSTRAINT no_bob CHECK (name <> 'Bob')");
        var chair = product("i1", 2, "p1", Map.of("name", "Chair", "description", "Folds"));
        var bob = company(null, null, siret(1), "Bob");

        assertThat(catchThrowable(() -> handle(chair, bob))).isNotNull();
        handle(chair);

        assertThat(published).hasSize(1);
        assertThat(imports.find("i1").orElseThrow().counts()).isEqualTo(new Counts(null, 1, 0, 0, 0, 0));
    }

    @Test
    void holdsNoConnectionWhileProductsArePublished() {
        imports.open(request("i1", "products", false));
        // the pool has only one connection: this call would wait forever for another
        whilePublishing = () -> assertThat(products.find("p1")).isEmpty();

        handle(product("i1", 2, "p1", Map.of("name", "Chair", "description", "Folds")));

        assertThat(imports.find("i1").orElseThrow().counts()).isEqualTo(new Counts(null, 1, 0, 0, 0, 0));
    }

    @Test
    void aTransactionThatIsRunAgainPublishesNothingAgain() {
        imports.open(request("i1", "products", false));
        database.run("""
                CREATE SEQUENCE runs;
                CREATE FUNCTION refuse_first() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF nextval('runs') = 1 THEN RAISE unique_violation; END IF;
                    RETURN NULL;
                END $$;
                CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON companies
                    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_first()""");

        handle(
                product("i1", 2, "p1", Map.of("name", "Chair", "description", "Folds")),
                company(null, null, siret(1), "Ann"));

        assertThat(database.rows("SELECT nextval('runs')")).containsExactly(List.of("3"));
        assertThat(published).hasSize(1);
        assertThat(imports.find("i1").orElseThrow().counts()).isEqualTo(new Counts(null, 1, 0, 0, 0, 0));
    }

    /** {@return the store, whose next write fails before it begins when {@link #failsNextWrite} is set} */
    private RowStore failing(RowStore store) {
        return new RowStore() {
            @Override
            public void write(Batch batch) {
                if (failsNextWrite) {
                    failsNextWrite = false;
                    throw new IllegalStateException("the process ends here");
                }
                store.write(batch);
            }

            @Override
            public void prepare(ImportKind kind) {
                store.prepare(kind);
            }

            @Override
            public void moveKeys(Collection<ImportKind> prepared) {
                store.moveKeys(prepared);
            }

            @Override
            public List<Row> withoutOutcome(List<Row> rows) {
                return store.withoutOutcome(rows);
            }

            @Override
            public String name() {
                return store.name();
            }

            @Override
            public void probe() throws Exception {
                store.probe();
            }
        };
    }

    private List<Outcome> handle(ImportRow... rows) {
        return handle(Arrays.stream(rows).map(RowIndexerIT::received).toList());
    }

    private List<Outcome> handle(List<Received<ImportRow>> batch) {
        try {
            return indexer.handle(batch);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Received<ImportRow> received(ImportRow row) {
        var key = row instanceof Data(var kind, var a, var b, var c)
                        && KINDS.find(kind).isEmpty()
                ? kind + ":1"
                : Imports.key(row);
        return new Received<>(key, row, 1, null);
    }

    private static Data product(
            @Nullable String importId, @Nullable Integer rowNumber, String id, Map<String, String> more) {
        var fields = new HashMap<>(more);
        fields.put("product_id", id);
        return new Data("products", importId, rowNumber, fields);
    }

    private static JobEvent event(Outcome outcome) {
        var emission = ((Emit) outcome).emissions().getFirst();
        return (JobEvent) Objects.requireNonNull(emission.event());
    }

    private static FailureCode code(Outcome outcome) {
        return ((Fatal) ((Failed) outcome).failure()).code();
    }
}
