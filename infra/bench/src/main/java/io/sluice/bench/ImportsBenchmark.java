package io.sluice.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.bench.harness.Benchmark;
import io.sluice.bench.harness.Figure;
import io.sluice.bench.harness.Session;
import io.sluice.client.SluiceClient;
import io.sluice.client.imports.ImportOptions;
import io.sluice.client.imports.ImportState;
import io.sluice.local.samples.Companies;
import io.sluice.local.samples.Workbook;
import io.sluice.schemas.job.JobStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Measures imports of spreadsheets, from the upload until every row is in Postgres. */
final class ImportsBenchmark implements Benchmark {
    private static final int ROUNDS = 3;
    private static final long LOOK_MS = 10;
    private static final Map<Integer, Double> SECONDS = Map.of(1_000, 1.0, 10_000, 2.0, 50_000, 5.0);
    private static final double ANSWER_MS = 200;

    /** The number of the next company, so that each file has new ones. */
    private int next;

    @Override
    public String name() {
        return "imports";
    }

    @Override
    public String description() {
        return "companies from CSV and XLSX files into Postgres, 1,000 to 50,000 rows, and the same again";
    }

    /** The formats of the files. */
    private enum Format {
        CSV,
        XLSX;

        byte[] write(int from, int to) {
            var rows = Companies.rows(from, to);
            return switch (this) {
                case CSV -> Companies.csv(',', Companies.HEADER, rows).getBytes(UTF_8);
                case XLSX -> Workbook.of("Companies", Companies.HEADER, rows);
            };
        }
    }

    @Override
    public void run(Session session) throws Exception {
        // the benchmark uploads more files a minute than the limit for a person
        var sluice = RunningSluice.fresh(session.folder(), Map.of("SLUICE_IMPORT_UPLOADS_PER_MINUTE", "1000"));
        try (var up = sluice.start();
                var client = sluice.client()) {
            var cold = session.count(50_000, 500);
            var first = load(client, write(session, Format.CSV, cold), cold);
            session.add(Figure.of("the first import after a start, CSV, %,d rows".formatted(cold), "s", first.seconds())
                    .atMost(SECONDS.getOrDefault(cold, 1.0)));
            for (var format : Format.values()) {
                for (var rows : List.of(1_000, 10_000, 50_000)) {
                    measure(session, client, format, session.count(rows, rows / 25));
                }
            }
            session.add(Figure.of("peak RSS of `up`", "MB", RunningSluice.peakMegabytes(up.pid())));
        }
    }

    private void measure(Session session, SluiceClient client, Format format, int rows) throws Exception {
        var what = "%s, %,d rows".formatted(format, rows);
        var rounds = session.rounds(what, ROUNDS, () -> load(client, write(session, format, rows), rows));
        var last = session.folder().resolve(name(format));
        var again = session.rounds(what + " again", ROUNDS, () -> load(client, last, rows));
        again.results().forEach(run -> run.require(run.end().rowsUnchanged() == rows));
        session.add(
                rounds.figure(what + ": answered after", "ms", Run::answeredMs).atMost(ANSWER_MS));
        var seconds = rounds.figure(what + ": in Postgres after", "s", Run::seconds);
        session.add(format == Format.CSV ? seconds.atMost(SECONDS.getOrDefault(rows, 1.0)) : seconds);
        session.add(again.figure(what + ": the same again, unchanged, after", "s", Run::seconds));
    }

    /** Writes a file of new companies. Writing it takes longer than importing it. */
    private Path write(Session session, Format format, int rows) throws IOException {
        var path = session.folder().resolve(name(format));
        Files.write(path, format.write(next, next + rows));
        next += rows;
        return path;
    }

    private static String name(Format format) {
        return "companies." + format.name().toLowerCase(Locale.ROOT);
    }

    /**
     * One import.
     *
     * @param answeredMs milliseconds until the upload was answered
     * @param seconds until the import had succeeded
     * @param end the import in its final state
     */
    private record Run(double answeredMs, double seconds, ImportState end) {
        void require(boolean asExpected) {
            if (!asExpected) {
                throw new IllegalStateException("unexpected result of an import: " + end.body());
            }
        }
    }

    private static Run load(SluiceClient client, Path file, int rows) throws IOException, InterruptedException {
        var started = System.nanoTime();
        var key = UUID.randomUUID().toString();
        var id = client.imports()
                .send(file, ImportOptions.ofKind("companies"), key)
                .orElseThrow()
                .id();
        var answered = System.nanoTime();
        var seen = client.imports().find(id).orElseThrow();
        while (!seen.hasEnded()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            seen = client.imports().find(id).orElseThrow();
        }
        var run = new Run((answered - started) / 1e6, (System.nanoTime() - started) / 1e9, seen);
        run.require(seen.status() == JobStatus.SUCCEEDED && seen.rowsTotal() == rows && seen.rowsRejected() == 0);
        return run;
    }
}
