package io.sluice.indexer;

import static io.sluice.testkit.Samples.product;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.sluice.qdrant.QdrantServer;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Outcome.Emission;
import io.sluice.runtime.Outcome.Emit;
import io.sluice.runtime.Received;
import io.sluice.runtime.Received.Turn;
import io.sluice.schemas.Topics;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.product.ProductVectors;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import io.sluice.stores.product.ProductLedger;
import io.sluice.stores.product.ProductLedger.Entry;
import io.sluice.stores.product.VectorStore;
import io.sluice.testkit.Samples;
import io.sluice.testkit.TestStack;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that come late, because they or others waited in a retry topic; with the real ledger and vector store. */
class LateRecordsIT {
    private static final String INDEX = "builtin-1";
    private static final int DIMENSION = 8;

    @TempDir
    Path dir;

    private QdrantServer qdrant;
    private ApplicationContext stores;
    private ProductLedger ledger;
    private ProductIndexer indexer;

    @BeforeEach
    void start() {
        qdrant = QdrantServer.start(new QdrantServer.Config("127.0.0.1", 0, dir, null));
        stores = stores();
        ledger = stores.getBean(ProductLedger.class);
        indexer = new ProductIndexer(INDEX, ledger, stores.getBean(VectorStore.class));
    }

    private ApplicationContext stores() {
        return ApplicationContext.run(
                Map.of("database.url", TestStack.postgres().url(), "qdrant.url", "http://127.0.0.1:" + qdrant.port()));
    }

    @AfterEach
    void stop() {
        stores.close();
        qdrant.close();
    }

    @Test
    void aProductThatAnOlderVersionCameAfterIsEmbeddedAgain() {
        indexer.handle(List.of(saved("p", 2, Turn.IN_ORDER)));

        assertThat(indexer.handle(List.of(saved("p", 1, Turn.MADE_LATE))))
                .containsExactly(Outcome.superseded(again("p", product("p", "version 2"), 2)));
        assertThat(indexer.handle(List.of(saved("p", 2, Turn.MADE_LATE))))
                .as("and that is the end of it")
                .containsExactly(Outcome.done());
    }

    @Test
    void aDeletionThatAnOlderVersionCameAfterIsPassedOnAgain() {
        indexer.handle(List.of(deleted("p", 2, Turn.IN_ORDER)));

        assertThat(indexer.handle(List.of(saved("p", 1, Turn.WAITED))))
                .containsExactly(Outcome.superseded(again("p", null, 2)));
    }

    @Test
    void aProductThatWaitedMayBeBehindAnOlderOneThatWasWrittenMeanwhile() {
        indexer.handle(List.of(saved("p", 1, Turn.MADE_LATE)));

        assertThat(indexer.handle(List.of(saved("p", 2, Turn.WAITED))))
                .containsExactly(new Emit(List.of(again("p", product("p", "version 2"), 2))));
        assertThat(indexer.handle(List.of(saved("p", 2, Turn.WAITED)))).containsExactly(Outcome.done());
    }

    @Test
    void inOrderNothingIsEmbeddedAgain() {
        assertThat(indexer.handle(List.of(saved("p", 2, Turn.IN_ORDER)))).containsExactly(Outcome.done());
        assertThat(indexer.handle(List.of(saved("p", 1, Turn.IN_ORDER)))).containsExactly(Outcome.superseded());
        assertThat(indexer.handle(List.of(saved("q", 1, Turn.WAITED)))).containsExactly(Outcome.done());
    }

    /**
     * Records fail at random in both processors, wait, and come back in any order. In the end, the last record of each
     * product in the topic of vectors is its newest version, and so is the ledger's. An index that is rebuilt from what
     * compaction leaves of the topic is the same.
     */
    @Seeded
    @Test
    void theLastRecordOfEachProductIsItsNewestVersion(Seed seed) {
        for (var run = 0; run < 20; run++) {
            var world = new World(seed.random(run), run);
            for (var step = 0; step < 60; step++) {
                world.step(true);
            }
            while (!world.isQuiet()) {
                world.step(false);
            }
            world.check();
        }
    }

    /** The topics between an embedder, which is modelled, and the real indexer. */
    private final class World {
        private final Random random;
        private final int run;
        private final List<Received<ProductVectors>> products = new ArrayList<>();
        private final List<Received<ProductVectors>> vectors = new ArrayList<>();
        private final List<Received<ProductVectors>> embedderRetries = new ArrayList<>();
        private final List<Received<ProductVectors>> embedding = new ArrayList<>();
        private final List<Received<ProductVectors>> indexerRetries = new ArrayList<>();
        private int embedded;
        private int indexed;

        World(Random random, int run) {
            this.random = random;
            this.run = run;
        }

        boolean isQuiet() {
            return embedded == products.size()
                    && indexed == vectors.size()
                    && embedderRetries.isEmpty()
                    && embedding.isEmpty()
                    && indexerRetries.isEmpty();
        }

        /** @param mayFail whether records may fail, and new versions come */
        void step(boolean mayFail) {
            var fails = mayFail && random.nextInt(3) == 0;
            switch (random.nextInt(6)) {
                case 0 -> publish(mayFail);
                case 1 -> embed(fails);
                case 2 -> embedAgain(fails);
                case 3 -> emit();
                case 4 -> index(fails);
                default -> indexAgain(fails);
            }
        }

        private void publish(boolean mayCome) {
            if (mayCome) {
                var id = run + "-" + random.nextInt(2);
                var version = products.size() + 1;
                products.add(
                        random.nextInt(4) == 0
                                ? deleted(id, version, Turn.IN_ORDER)
                                : saved(id, version, Turn.IN_ORDER));
            }
        }

        private void embed(boolean fails) {
            if (embedded < products.size()) {
                (fails ? embedderRetries : vectors).add(products.get(embedded++));
            }
        }

        /** Asks the ledger. What it decides is written in a later step, so that others may write before. */
        private void embedAgain(boolean fails) {
            if (!embedderRetries.isEmpty() && !fails) {
                var waited = take(embedderRetries);
                var newest = ledger.newest(List.of(waited.key())).get(waited.key());
                if (newest == null || newest.version() <= waited.version()) {
                    embedding.add(turned(waited, Turn.MADE_LATE));
                }
            }
        }

        private void emit() {
            if (!embedding.isEmpty()) {
                vectors.add(take(embedding));
            }
        }

        private void index(boolean fails) {
            if (indexed < vectors.size()) {
                var next = vectors.get(indexed++);
                if (fails) {
                    indexerRetries.add(turned(next, Turn.WAITED));
                } else {
                    handle(next);
                }
            }
        }

        private void indexAgain(boolean fails) {
            if (!indexerRetries.isEmpty() && !fails) {
                handle(take(indexerRetries));
            }
        }

        private void handle(Received<ProductVectors> received) {
            var emissions = switch (indexer.handle(List.of(received)).getFirst()) {
                case Outcome.Superseded(var made) -> made;
                case Outcome.Emit(var made) -> made;
                case Outcome.Done() -> List.<Emission<?>>of();
                case Outcome.Failed(var failure) -> throw new AssertionError(failure.detail());
            };
            for (var emission : emissions) {
                long version = Objects.requireNonNull(emission.version());
                embedderRetries.add(
                        emission.event() == null
                                ? deleted(emission.key(), version, Turn.WAITED)
                                : saved(emission.key(), version, Turn.WAITED));
            }
        }

        private Received<ProductVectors> take(List<Received<ProductVectors>> from) {
            return from.remove(random.nextInt(from.size()));
        }

        void check() {
            var newest = last(products);
            assertThat(last(vectors)).as("compacted").isEqualTo(newest);
            assertThat(versions(ledger, newest)).isEqualTo(newest);
            var compacted = new LinkedHashMap<String, Received<ProductVectors>>();
            vectors.forEach(received -> compacted.put(received.key(), received));
            try (var fresh = stores()) {
                var rebuilt = fresh.getBean(ProductLedger.class);
                new ProductIndexer("rebuilt-" + run, rebuilt, fresh.getBean(VectorStore.class))
                        .handle(List.copyOf(compacted.values()));
                assertThat(versions(rebuilt, newest)).as("rebuilt").isEqualTo(newest);
            }
        }

        /** {@return the last version of each product, and whether it is deleted} */
        private Map<String, String> last(List<Received<ProductVectors>> topic) {
            var last = new LinkedHashMap<String, String>();
            topic.forEach(received -> last.put(received.key(), words(received.version(), received.isDelete())));
            return last;
        }

        private Map<String, String> versions(ProductLedger from, Map<String, String> of) {
            var versions = new LinkedHashMap<String, String>();
            for (Entry entry : from.newest(of.keySet()).values()) {
                versions.put(entry.productId(), words(entry.version(), entry.product() == null));
            }
            return versions;
        }

        private static String words(long version, boolean isDeleted) {
            return (isDeleted ? "deleted " : "saved ") + version;
        }
    }

    private static Emission<ProductSaved> again(String id, @Nullable ProductSaved product, long version) {
        return new Emission<>(Topics.productsToEmbedAgain(INDEX), id, product, version);
    }

    private static Received<ProductVectors> turned(Received<ProductVectors> received, Turn turn) {
        return new Received<>(received.key(), received.event(), received.version(), null, turn, Instant.EPOCH);
    }

    private static Received<ProductVectors> saved(String id, long version, Turn turn) {
        var vectors = Samples.vectors(product(id, "version " + version), DIMENSION);
        return new Received<>(id, vectors, version, null, turn, Instant.EPOCH);
    }

    private static Received<ProductVectors> deleted(String id, long version, Turn turn) {
        return new Received<>(id, null, version, null, turn, Instant.EPOCH);
    }
}
