package io.sluice.local.demo;

import io.sluice.client.SluiceClient;
import io.sluice.client.http.Answer;
import io.sluice.client.imports.ImportOptions;
import io.sluice.client.imports.ImportState;
import io.sluice.local.samples.Companies;
import io.sluice.local.samples.Workbook;
import io.sluice.schemas.job.JobStatus;
import io.sluice.schemas.text.VisibleLines;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Imports companies from two typical files: a CSV file in Windows-1252 with semicolons, French headers and three wrong rows,
 * and a workbook whose postcodes have become numbers. It compares the results with those expected.
 */
final class Spreadsheets {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final int TOO_MANY = 429;
    private static final int ROWS = 40;
    private static final int MISTAKES = 3;
    private static final List<String> FRENCH = List.of(
            "SIRET",
            "Nom",
            "SIREN",
            "Catégorie",
            "Sous-catégorie",
            "Adresse",
            "Ville",
            "Code postal",
            "Téléphone",
            "E-mail",
            "Site web",
            "NAF",
            "Effectif");

    private final SluiceClient sluice;
    private final VisibleLines out;
    private final Duration patience;

    Spreadsheets(SluiceClient sluice, VisibleLines out, Duration patience) {
        this.sluice = sluice;
        this.out = out;
        this.patience = patience;
    }

    void run() throws IOException, DemoFailedException, InterruptedException {
        var folder = Files.createTempDirectory("sluice-demo-");
        try {
            var csv = Files.write(folder.resolve("clients.csv"), csv());
            var xlsx = Files.write(folder.resolve("clients.xlsx"), xlsx());
            load(csv, MISTAKES);
            load(xlsx, 0);
            out.println("  the first file again");
            var again = load(csv, MISTAKES);
            if (again.rowsUnchanged() != ROWS - MISTAKES) {
                throw new DemoFailedException("the same file again should leave every row unchanged: " + again.body());
            }
        } finally {
            try (var files = Files.list(folder)) {
                for (var file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private static byte[] csv() {
        var rows = new ArrayList<List<String>>(Companies.rows(0, ROWS));
        rows.set(4, with(rows.get(4), 0, "4000000040001"));
        rows.set(17, with(rows.get(17), 1, " "));
        rows.set(30, with(rows.get(30), 9, "c30.exemple.invalid"));
        return Companies.csv(';', FRENCH, rows).getBytes(Charset.forName("windows-1252"));
    }

    private static byte[] xlsx() {
        var postcode = Companies.HEADER.indexOf("postcode");
        var rows = new ArrayList<List<?>>();
        for (var row : Companies.rows(ROWS, 2 * ROWS)) {
            var cells = new ArrayList<Object>(row);
            cells.set(postcode, Long.valueOf(row.get(postcode)));
            rows.add(cells);
        }
        return Workbook.of("Clients", Companies.HEADER, rows);
    }

    private static List<String> with(List<String> row, int column, String cell) {
        var changed = new ArrayList<>(row);
        changed.set(column, cell);
        return changed;
    }

    private ImportState load(Path file, int mistakes) throws IOException, DemoFailedException, InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        var id = send(file, deadline)
                .orElseThrow(problem ->
                        new DemoFailedException("importing " + file.getFileName() + " was answered " + problem))
                .id();
        var seen = look(id);
        while (!seen.hasEnded()) {
            if (System.nanoTime() > deadline) {
                throw new DemoFailedException("the import of " + file.getFileName() + " was not done in time");
            }
            TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
            seen = look(id);
        }
        show(file, seen);
        requireAsExpected(file, seen, mistakes);
        showRejected(id, mistakes);
        return seen;
    }

    private Answer<ImportState> send(Path file, long deadline) throws IOException, InterruptedException {
        var key = UUID.randomUUID().toString();
        var answer = sluice.imports().send(file, ImportOptions.ofKind("companies"), key);
        while (answer.status() == TOO_MANY && System.nanoTime() < deadline) {
            TimeUnit.SECONDS.sleep(1);
            answer = sluice.imports().send(file, ImportOptions.ofKind("companies"), key);
        }
        return answer;
    }

    private ImportState look(String id) throws IOException, DemoFailedException {
        return sluice.imports()
                .find(id)
                .orElseThrow(problem -> new DemoFailedException("import " + id + " was answered " + problem));
    }

    private void show(Path file, ImportState end) {
        out.printf(
                "  %-13s %s: %d rows, %d created, %d updated, %d unchanged, %d rejected%n",
                file.getFileName(),
                end.status().wireName(),
                end.rowsTotal(),
                end.rowsCreated(),
                end.rowsUpdated(),
                end.rowsUnchanged(),
                end.rowsRejected());
        end.notes().forEach(note -> out.println("      " + note));
    }

    private static void requireAsExpected(Path file, ImportState end, int mistakes) throws DemoFailedException {
        if (end.status() != JobStatus.SUCCEEDED
                || end.rowsWritten() != ROWS - mistakes
                || end.rowsRejected() != mistakes) {
            throw new DemoFailedException("the import of " + file.getFileName() + " should have written "
                    + (ROWS - mistakes) + " rows and rejected " + mistakes + ", but is " + end.body());
        }
    }

    private void showRejected(String id, int mistakes) throws IOException, DemoFailedException {
        var rejected = sluice.imports()
                .rejectedRows(id, ROWS)
                .orElseThrow(problem -> new DemoFailedException("the rejected rows of import " + id + ": " + problem));
        if (rejected.size() != mistakes) {
            throw new DemoFailedException("expected " + mistakes + " rejected rows, got " + rejected);
        }
        rejected.forEach(row -> out.printf("      row %d: %s%n", row.number(), row.error()));
    }
}
