package io.sluice.indexer;

import static io.sluice.testkit.Samples.product;
import static io.sluice.testkit.Samples.vectors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.sluice.qdrant.QdrantServer;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Outcome.Failed;
import io.sluice.runtime.Received;
import io.sluice.schemas.product.ProductVectors;
import io.sluice.stores.product.ProductLedger;
import io.sluice.stores.product.ProductLedger.Known;
import io.sluice.stores.product.VectorStore;
import io.sluice.testkit.Samples;
import io.sluice.testkit.TestStack;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The handler with the real ledger and the embedded vector store; other writers act between its steps. */
class ProductIndexerIT {
    private static final String INDEX = "builtin-1";
    private static final int DIMENSION = 8;

    @TempDir
    Path dir;

    private QdrantServer qdrant;
    private ApplicationContext stores;
    private ProductLedger ledger;
    private VectorStore vectors;
    private ProductIndexer indexer;

    @BeforeEach
    void start() {
        qdrant = QdrantServer.start(new QdrantServer.Config("127.0.0.1", 0, dir, null));
        stores = ApplicationContext.run(
                Map.of("database.url", TestStack.postgres().url(), "qdrant.url", "http://127.0.0.1:" + qdrant.port()));
        ledger = stores.getBean(ProductLedger.class);
        vectors = stores.getBean(VectorStore.class);
        indexer = new ProductIndexer(INDEX, ledger, vectors);
    }

    @AfterEach
    void stop() {
        stores.close();
        qdrant.close();
    }

    @Test
    void anUpdateReplacesWhatWasThere() {
        assertThat(indexer.handle(List.of(saved("p1", "first", 1)))).containsExactly(Outcome.done());
        assertThat(indexer.handle(List.of(saved("p1", "second", 2)))).containsExactly(Outcome.done());

        assertThat(ledger.find("p1").map(known -> known.product().name())).contains("second");
        assertThat(found()).containsExactly("second");
    }

    @Test
    void aVersionThatComesLateIsSuperseded() {
        indexer.handle(List.of(saved("p1", "second", 2)));

        assertThat(indexer.handle(List.of(saved("p1", "first", 1)))).containsExactly(Outcome.superseded());

        assertThat(ledger.find("p1").map(Known::version)).contains(2L);
        assertThat(found()).containsExactly("second");
    }

    @Test
    void aDeletedProductStaysDeletedWhenAnOldVersionComesLate() {
        indexer.handle(List.of(saved("p1", "first", 1)));
        assertThat(indexer.handle(List.of(deleted("p1", 3)))).containsExactly(Outcome.done());
        assertThat(found()).isEmpty();

        assertThat(indexer.handle(List.of(saved("p1", "second", 2)))).containsExactly(Outcome.superseded());

        assertThat(ledger.find("p1")).isEmpty();
        assertThat(found()).isEmpty();
    }

    @Test
    void aProductMayBeSavedAgainAfterItsDeletion() {
        indexer.handle(List.of(saved("p1", "first", 1)));
        indexer.handle(List.of(deleted("p1", 2)));

        assertThat(indexer.handle(List.of(saved("p1", "third", 3)))).containsExactly(Outcome.done());
        assertThat(found()).containsExactly("third");
    }

    @Test
    void writesOnlyTheNewestVersionOfAProductInABatch() {
        var outcomes = indexer.handle(List.of(
                saved("p1", "one", 1),
                deleted("p2", 2),
                saved("p1", "three", 3),
                saved("p2", "four", 4),
                saved("p3", "five", 5),
                deleted("p3", 6)));

        assertThat(outcomes)
                .containsExactly(
                        Outcome.superseded(),
                        Outcome.superseded(),
                        Outcome.done(),
                        Outcome.done(),
                        Outcome.superseded(),
                        Outcome.done());
        assertThat(found()).containsExactlyInAnyOrder("three", "four");
    }

    @Test
    void deletingAnUnknownProductSucceeds() {
        assertThat(indexer.handle(List.of(deleted("p1", 1)))).containsExactly(Outcome.done());
        assertThat(indexer.handle(List.of())).isEmpty();
    }

    @Test
    void aRedeliveryRepairsACrashBetweenLedgerAndVectorStore() {
        var crashing = new ProductIndexer(INDEX, ledger, before(() -> {
            throw new IllegalStateException("killed");
        }));
        assertThatThrownBy(() -> crashing.handle(List.of(saved("p1", "first", 1))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(ledger.find("p1")).isPresent();
        assertThat(found()).isEmpty();

        assertThat(indexer.handle(List.of(saved("p1", "first", 1)))).containsExactly(Outcome.done());

        assertThat(found()).containsExactly("first");
    }

    @Test
    void aSlowWriterRemovesThePointOfAProductDeletedMeanwhile() {
        var slow = new ProductIndexer(INDEX, ledger, before(() -> indexer.handle(List.of(deleted("p1", 2)))));

        assertThat(slow.handle(List.of(saved("p1", "first", 1)))).containsExactly(Outcome.superseded());

        assertThat(ledger.find("p1")).isEmpty();
        assertThat(found()).isEmpty();
    }

    @Test
    void aSlowWriterDoesNotTouchWhatANewerOneWrote() {
        var slow = new ProductIndexer(INDEX, ledger, before(() -> indexer.handle(List.of(saved("p1", "second", 2)))));

        assertThat(slow.handle(List.of(saved("p1", "first", 1)))).containsExactly(Outcome.superseded());

        assertThat(found()).containsExactly("second");
    }

    @Test
    void aSlowDeleteDoesNotTouchWhatANewerWriterWrote() {
        indexer.handle(List.of(saved("p1", "first", 1)));
        var slow = new ProductIndexer(INDEX, ledger, before(() -> indexer.handle(List.of(saved("p1", "third", 3)))));

        assertThat(slow.handle(List.of(deleted("p1", 2)))).containsExactly(Outcome.superseded());

        assertThat(found()).containsExactly("third");
    }

    @Test
    void aRedeliveryRemovesThePointThatASlowWriterLeftWhenItCrashed() {
        // Given a writer that writes its point after the deletion and crashes before it asks the ledger again
        vectors.prepare(INDEX, Map.of(ProductVectors.TEXT, DIMENSION));
        indexer.handle(List.of(deleted("p1", 2)));
        vectors.upsert(INDEX, List.of(new VectorStore.Point(vectors(product("p1", "first"), DIMENSION), 1)));
        assertThat(found()).containsExactly("first");

        // When its record is delivered again
        assertThat(indexer.handle(List.of(saved("p1", "first", 1)))).containsExactly(Outcome.superseded());

        // Then
        assertThat(found()).isEmpty();
    }

    @Test
    void vectorsThatDoNotFitTheIndexDoNotBlockOtherProducts() {
        indexer.handle(List.of(saved("p1", "first", 1)));
        var other = new Received<>("p2", vectors(product("p2"), DIMENSION + 1), 2, "job");

        var outcomes = indexer.handle(List.of(other, saved("p3", "third", 3)));

        assertThat(outcomes.getFirst())
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.failure())
                                .isInstanceOf(Retryable.class)
                                .satisfies(failure ->
                                        assertThat(failure.code()).isEqualTo(IndexerFailure.INDEX_MISMATCH)));
        assertThat(outcomes.getLast()).isEqualTo(Outcome.done());
        assertThat(ledger.find("p2")).isEmpty();
        assertThat(found()).containsExactlyInAnyOrder("first", "third");
    }

    private List<String> found() {
        var near = Map.of(ProductVectors.TEXT, Samples.unit(1, DIMENSION));
        return vectors.search(INDEX, new VectorStore.Query(near, List.of(), 10)).stream()
                .map(VectorStore.Hit::name)
                .toList();
    }

    private static Received<ProductVectors> saved(String id, String name, long version) {
        return new Received<>(id, vectors(product(id, name), DIMENSION), version, "job");
    }

    private static Received<ProductVectors> deleted(String id, long version) {
        return new Received<>(id, null, version, "job");
    }

    /** {@return the vector store, with an action before each write} */
    private VectorStore before(Runnable event) {
        return new Interrupted(vectors, event);
    }

    private static final class Interrupted extends DelegatingVectorStore {
        private final Runnable event;

        Interrupted(VectorStore store, Runnable event) {
            super(store);
            this.event = event;
        }

        @Override
        public void upsert(String index, List<Point> points) {
            if (!points.isEmpty()) {
                event.run();
            }
            super.upsert(index, points);
        }

        @Override
        public void delete(String index, Collection<Removal> removals) {
            if (!removals.isEmpty()) {
                event.run();
            }
            super.delete(index, removals);
        }
    }
}
