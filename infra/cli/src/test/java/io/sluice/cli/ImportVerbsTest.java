package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportVerbsTest {
    private static final String ACCEPTED = "{\"import_id\":\"i\",\"job_id\":\"i\",\"status\":\"queued\"}";
    private static final String RUNNING = """
            {"import_id":"i","status":"processing","kind":"companies","rows_created":1,
             "format":"csv","encoding":"windows-1252","delimiter":"tab"}
            """;
    private static final String ENDED = """
            {"import_id":"i","status":"succeeded","kind":"companies","file_name":"shops.csv","rows_total":1000,
             "rows_created":600,"rows_updated":200,"rows_unchanged":200,"rows_rejected":0,
             "notes":["The text was windows-1252."]}
            """;
    private static final String REJECTED = ENDED.replace("\"rows_unchanged\":200", "\"rows_unchanged\":188")
            .replace("\"rows_rejected\":0", "\"rows_rejected\":12");
    private static final String REASONS = """
            {"errors":[{"row_number":17,"error":"siret must have 14 digits, has 13; name must not be blank"}]}
            """;

    @AutoClose
    private final FakeGateway gateway = new FakeGateway();

    private final TestShell shell = new TestShell().with("SLUICE_URL", gateway.url());

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void start() throws IOException {
        file = Files.writeString(folder.resolve("shops.csv"), "siret,nom\n1,é\n");
    }

    @Test
    void importSendsTheFileAndSaysWhatBecameOfIt() {
        gateway.answering("/api/v1/imports", 202, ACCEPTED)
                .answering("/api/v1/imports/i", 200, RUNNING)
                .answering("/api/v1/imports/i", 200, ENDED);

        assertThat(run(
                        "--map",
                        "Prix=net=price",
                        "--no-create-categories",
                        "--sheet",
                        "Lyon",
                        "--encoding",
                        "macintosh",
                        "--keep-damaged"))
                .isZero();
        assertThat(gateway.calls().getFirst())
                .startsWith("POST /api/v1/imports ")
                .contains("name=\"kind\"\r\n\r\ncompanies\r\n", "name=\"sheet\"\r\n\r\nLyon\r\n")
                .contains(
                        "name=\"mapping\"\r\n\r\n{\"Prix=net\":\"price\"}",
                        "name=\"create_categories\"\r\n\r\nfalse\r\n")
                .contains("name=\"encoding\"\r\n\r\nmacintosh\r\n", "name=\"keep_damaged\"\r\n\r\ntrue\r\n")
                .contains("name=\"file\"; filename=\"shops.csv\"", "\r\n\r\nsiret,nom\n1,é\n\r\n");
        assertThat(shell.out())
                .containsPattern("1,000 rows in .* s \\(.*/s\\): 600 created, 200 updated, 200 unchanged, 0 rejected")
                .contains("note: The text was windows-1252.");
        assertThat(folder).isDirectoryNotContaining("glob:**errors*");
    }

    @Test
    void rowsOfOneKeyAreCountedBesideTheOthers() {
        gateway.answering("/api/v1/imports", 202, ACCEPTED)
                .answering("/api/v1/imports/i", 200, ENDED.replaceFirst("\\{", "{\"rows_merged\":1200,"));

        assertThat(run()).isZero();
        assertThat(shell.out()).contains("0 rejected; 1,200 of them have the key of an earlier row and other values");
    }

    @Test
    void aDryRunSaysThatNothingIsWritten() {
        gateway.answering("/api/v1/imports", 202, ACCEPTED)
                .answering("/api/v1/imports/i", 200, ENDED.replaceFirst("\\{", "{\"dry_run\":true,"));

        assertThat(run("--dry-run")).isZero();
        assertThat(gateway.calls().getFirst()).contains("name=\"dry_run\"\r\n\r\ntrue\r\n");
        assertThat(shell.out()).contains("dry run, nothing written; expected: 600 created");
    }

    @Test
    void rejectedRowsAreShownAndWrittenBesideTheFileOverNoOther() throws IOException {
        gateway.answering("/api/v1/imports", 202, ACCEPTED)
                .answering("/api/v1/imports/i", 200, REJECTED)
                .answering("/api/v1/imports/i/errors", 200, REASONS)
                .answering("/api/v1/imports/i/errors", 200, "the file");
        Files.writeString(folder.resolve("shops-errors.csv"), "being corrected");

        assertThat(run()).isEqualTo(3);
        assertThat(shell.out())
                .contains("✗ row 17: siret must have 14 digits, has 13; name must not be blank")
                .contains("  and 2 more")
                .contains("The rejected rows are in " + folder.resolve("shops-errors-2.csv") + ": correct them there");
        assertThat(folder.resolve("shops-errors-2.csv")).hasContent("the file");
        assertThat(folder.resolve("shops-errors.csv")).hasContent("being corrected");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void rejectedRowsOfAWorkbookAreAWorkbook() throws IOException {
        gateway.answering("/api/v1/imports", 202, ACCEPTED)
                .answering("/api/v1/imports/i", 200, REJECTED.replaceFirst("\\{", "{\"format\":\"xlsx\","))
                .answering("/api/v1/imports/i/errors", 200, REASONS)
                .answering("/api/v1/imports/i/errors", 200, "the workbook");

        assertThat(run()).isEqualTo(3);
        assertThat(folder.resolve("shops-errors.xlsx")).hasContent("the workbook");
        assertThat(gateway.accepted().getLast()).startsWith("application/vnd.openxmlformats-officedocument");
    }

    @Test
    void rejectedRowsGoIntoAWorkbookWhenTheirFileIsNamedSo() throws IOException {
        gateway.answering("/api/v1/imports", 202, ACCEPTED)
                .answering("/api/v1/imports/i", 200, REJECTED)
                .answering("/api/v1/imports/i/errors", 200, REASONS)
                .answering("/api/v1/imports/i/errors", 200, "the workbook");

        assertThat(run("--errors", folder.resolve("e.xlsx").toString())).isEqualTo(3);
        assertThat(folder.resolve("e.xlsx")).hasContent("the workbook");
        assertThat(gateway.accepted().getLast()).startsWith("application/vnd.openxmlformats-officedocument");
    }

    @Test
    void rejectedRowsGoWhereSomebodyWantsThem() throws IOException {
        gateway.answering("/api/v1/imports", 202, ACCEPTED)
                .answering("/api/v1/imports/i", 200, REJECTED)
                .answering("/api/v1/imports/i/errors", 200, REASONS)
                .answering("/api/v1/imports/i/errors", 200, "new");
        var errors = Files.writeString(folder.resolve("e.csv"), "an older and longer file");

        assertThat(run("--errors", errors.toString())).isEqualTo(3);
        assertThat(errors).hasContent("new");
        assertThat(shell.out()).contains("e.csv (overwritten)");
    }

    @Test
    void aFailedImportSaysWhy() {
        gateway.answering("/api/v1/imports", 202, ACCEPTED)
                .answering(
                        "/api/v1/imports/i",
                        200,
                        "{\"import_id\":\"i\",\"status\":\"failed\",\"error\":{\"code\":\"EMPTY_FILE\",\"message\":\"no rows\"}}");

        assertThat(run()).isEqualTo(1);
        assertThat(shell.out()).isEqualToIgnoringNewLines("import i failed: EMPTY_FILE: no rows");
    }

    @Test
    void tooManyImportsAreWaitedFor() {
        gateway.answering("/api/v1/imports", 429, "{\"detail\":\"You sent 10 imports.\"}")
                .answering("/api/v1/imports", 202, ACCEPTED)
                .answering("/api/v1/imports/i", 200, ENDED);

        assertThat(run()).isZero();
        assertThat(shell.err()).contains("You sent 10 imports. Trying again in 1 s.");
    }

    @Test
    void aFileThatIsRefusedIsNoImport() {
        gateway.answering("/api/v1/imports", 422, "{\"title\":\"Invalid\",\"detail\":\"a PDF is no spreadsheet\"}");

        assertThat(run()).isEqualTo(1);
        assertThat(shell.err()).contains("a PDF is no spreadsheet").hasLineCount(1);
    }

    @Test
    void whoLooksOnNoLongerIsToldHowToGoOn() {
        gateway.answering("/api/v1/imports", 202, ACCEPTED).answering("/api/v1/imports/i", 200, RUNNING);

        assertThat(run("--timeout", "0")).isEqualTo(1);
        assertThat(shell.err()).contains("./sluice imports i --watch", "./sluice imports i --cancel");
    }

    @Test
    void importsAreListedShownAndCanceled() {
        gateway.answering("/api/v1/imports", 200, "{\"imports\":[" + ENDED + "," + RUNNING + "]}")
                .answering("/api/v1/imports/i", 200, RUNNING)
                .answering("/api/v1/imports/i/cancel", 200, RUNNING.replace("processing", "canceled"));

        assertThat(shell.run("imports", "--limit", "5")).isZero();
        assertThat(shell.out())
                .hasLineCount(2)
                .contains("i  succeeded   companies")
                .contains("shops.csv");
        assertThat(shell.run("imports", "i")).isZero();
        assertThat(shell.out())
                .startsWith("import i processing")
                .contains("1 created, 0 updated", "read as csv, windows-1252, delimiter tab");
        assertThat(shell.run("imports", "i", "--cancel")).isZero();
        assertThat(shell.out()).startsWith("import i canceled");
        assertThat(gateway.calls())
                .containsExactly(
                        "GET /api/v1/imports?limit=5", "GET /api/v1/imports/i", "POST /api/v1/imports/i/cancel");
    }

    @Test
    void aDryRunIsMarkedInTheList() {
        gateway.answering(
                "/api/v1/imports",
                200,
                "{\"imports\":[" + ENDED.replaceFirst("\\{", "{\"dry_run\":true,") + "," + ENDED + "]}");

        assertThat(shell.run("imports")).isZero();
        assertThat(shell.out().lines())
                .satisfiesExactly(
                        dry -> assertThat(dry).endsWith("shops.csv (dry run)"),
                        real -> assertThat(real).endsWith("shops.csv"));
    }

    @Test
    void whatIsOverCannotBeCanceled() {
        gateway.answering("/api/v1/imports/i", 200, ENDED).answering("/api/v1/imports/i/cancel", 409, "{}");

        assertThat(shell.run("imports", "i", "--cancel")).isEqualTo(1);
        assertThat(shell.err()).contains("this import had ended already");
        assertThat(shell.out()).startsWith("import i succeeded");
    }

    private int run(String... options) {
        var words = new ArrayList<>(List.of("import", file.toString(), "--kind", "companies"));
        words.addAll(List.of(options));
        return shell.run(words.toArray(String[]::new));
    }
}
