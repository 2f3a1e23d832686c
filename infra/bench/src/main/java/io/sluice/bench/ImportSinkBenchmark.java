package io.sluice.bench;

import io.micronaut.context.ApplicationContext;
import io.sluice.bench.harness.Benchmark;
import io.sluice.bench.harness.Figure;
import io.sluice.bench.harness.Samples;
import io.sluice.bench.harness.Session;
import io.sluice.bench.postgres.BarePostgres;
import io.sluice.imports.kind.ImportKinds;
import io.sluice.local.samples.Companies;
import io.sluice.schemas.imports.ImportRequested;
import io.sluice.schemas.imports.ImportRow.Data;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stack.LocalPostgres;
import io.sluice.stores.imports.ImportLedger;
import io.sluice.stores.imports.RowStore;
import io.sluice.stores.imports.RowStore.Batch;
import io.sluice.stores.imports.RowStore.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Measures how fast rows, with outcomes and counts, get into Postgres, and compares it with bare COPY of the same rows. */
final class ImportSinkBenchmark implements Benchmark {
    private static final int ROUNDS = 5;
    /** The batch size of the indexer. */
    private static final int BATCH = 1_000;

    private static final int WRITERS = 2;

    private static final double SHARE_OF_COPY = 0.35;

    private static final List<String> COLUMNS = Companies.HEADER.subList(0, Companies.KNOWN);

    @Override
    public String name() {
        return "import-sink";
    }

    @Override
    public String description() {
        return "rows of imports into Postgres, against bare COPY of the same rows";
    }

    /** The results of one round, in rows per second. */
    private record Speeds(double copy, double fresh, double unchanged) {}

    @Override
    public void run(Session session) throws Exception {
        var rows = Companies.rows(0, session.count(50_000, 5_000)).stream()
                .map(row -> row.subList(0, Companies.KNOWN))
                .toList();
        try (var server = LocalPostgres.start(session.folder());
                var bare = new BarePostgres(server.jdbcUrl(), server.user());
                var stores = ApplicationContext.run(Map.of("database.url", server.jdbcUrl()))) {
            var sink = new Sink(stores, rows, bare);
            bare.run("CREATE TABLE copied (LIKE companies INCLUDING ALL)");
            for (var warmUp = 0; warmUp < session.count(3, 1); warmUp++) {
                round(sink);
            }
            var rounds = session.rounds("COPY, fresh, unchanged", ROUNDS, () -> round(sink));
            session.add(rounds.figure("bare COPY, one stream", "rows/s", Speeds::copy));
            session.add(rounds.figure("the sink, new rows", "rows/s", Speeds::fresh));
            session.add(rounds.figure("the sink, the same rows again", "rows/s", Speeds::unchanged));
            var shares = new Samples();
            rounds.results().forEach(speeds -> shares.add(speeds.fresh() / speeds.copy()));
            session.add(Figure.of("new rows, of bare COPY in the same round", "", shares, rounds.foreign())
                    .atLeast(SHARE_OF_COPY));
            session.note(
                    "%d companies of 12 columns, some %d bytes each, batches of %d, %d writers as in the indexer; categories looked up, outcomes and counts written."
                            .formatted(rows.size(), BarePostgres.lines(rows).length / rows.size(), BATCH, WRITERS));
        }
    }

    private static Speeds round(Sink sink) throws Exception {
        return new Speeds(sink.copied(), sink.written(true), sink.written(false));
    }

    private static final class Sink {
        private final BarePostgres bare;
        private final ImportLedger ledger;
        private final RowStore store;
        private final List<List<String>> values;
        private final byte[] lines;
        private final ImportKinds kinds;

        Sink(ApplicationContext stores, List<List<String>> values, BarePostgres bare) {
            this.bare = bare;
            this.ledger = stores.getBean(ImportLedger.class);
            this.store = stores.getBean(RowStore.class);
            this.values = values;
            this.lines = BarePostgres.lines(values);
            this.kinds = stores.getBean(ImportKinds.class);
            List.of("companies", "categories", "subcategories")
                    .forEach(kind -> store.prepare(kinds.find(kind).orElseThrow()));
        }

        double copied() throws Exception {
            bare.run("TRUNCATE copied");
            bare.run("CHECKPOINT");
            var started = System.nanoTime();
            bare.copy("copied", COLUMNS, lines);
            return perSecond(started);
        }

        double written(boolean fresh) throws Exception {
            if (fresh) {
                bare.run("TRUNCATE companies, import_outcomes, import_counts, import_ends, imports");
            }
            var id = UUID.randomUUID().toString();
            ledger.open(request(id));
            var batches = batches(id);
            bare.run("CHECKPOINT");
            var started = System.nanoTime();
            try (var writers = Executors.newFixedThreadPool(WRITERS)) {
                for (var batch : batches) {
                    var unused = writers.submit(() -> {
                        store.write(batch);
                        return ledger.find(List.of(id)); // as the indexer does, to tell how far the import is
                    });
                }
            }
            var speed = perSecond(started);
            var counts = ledger.find(id).orElseThrow().counts();
            if ((fresh ? counts.created() : counts.unchanged()) != values.size()) {
                throw new IllegalStateException("unexpected counts: " + counts);
            }
            return speed;
        }

        private List<Batch> batches(String id) {
            var kind = kinds.find("companies").orElseThrow();
            var rows = IntStream.range(0, values.size())
                    .mapToObj(i -> {
                        var fields = new LinkedHashMap<String, String>();
                        for (int column = 0; column < COLUMNS.size(); column++) {
                            fields.put(COLUMNS.get(column), values.get(i).get(column));
                        }
                        return new Row(kind, values.get(i).getFirst(), new Data("companies", id, i + 2, fields));
                    })
                    .toList();
            return IntStream.range(0, (rows.size() + BATCH - 1) / BATCH)
                    .mapToObj(i -> rows.subList(i * BATCH, Math.min(rows.size(), (i + 1) * BATCH)))
                    .map(some -> new Batch(some, List.of(), List.of(), List.of()))
                    .toList();
        }

        private static ImportRequested request(String id) {
            var object = new StoredObject("sluice", "imports/" + id, "0".repeat(64), "text/csv", 1);
            return new ImportRequested(id, "companies", object, "companies.csv", Map.of(), null, null, id, null, null);
        }

        private double perSecond(long started) {
            return values.size() / ((System.nanoTime() - started) / 1e9);
        }
    }
}
