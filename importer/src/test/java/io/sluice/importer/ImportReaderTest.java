package io.sluice.importer;

import static io.sluice.importer.sheet.ImporterFailure.EMPTY_FILE;
import static io.sluice.importer.sheet.ImporterFailure.FILE_DAMAGED;
import static io.sluice.importer.sheet.ImporterFailure.FILE_MISSING;
import static io.sluice.importer.sheet.ImporterFailure.HEADER_UNUSABLE;
import static io.sluice.importer.sheet.ImporterFailure.TOO_MANY_ROWS;
import static io.sluice.stores.imports.ImportFailure.UNKNOWN_KIND;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.importer.FirstPass.Findings;
import io.sluice.importer.RowPublisher.RowsNotPublishedException;
import io.sluice.importer.csv.CsvSheet;
import io.sluice.importer.sheet.FileLimits;
import io.sluice.importer.sheet.FileRefusedException;
import io.sluice.imports.columns.RecognizedColumns;
import io.sluice.imports.kind.ImportKinds;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Outcome;
import io.sluice.schemas.imports.ImportRow.Data;
import io.sluice.schemas.imports.ImportRow.End;
import io.sluice.schemas.imports.ImportRow.Rejection;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobStatus;
import io.sluice.stores.imports.ImportConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file in, rows out: the importer over stores in memory. */
class ImportReaderTest {
    private static final String SIRET = "73282932000074";

    private final FileLab lab = new FileLab();

    @Test
    void passesEachRowOnUnderItsKeyAndThenTheEnd() throws Exception {
        lab.importCsv(
                "Nom;SIRET;Code_Postal;couleur\nBakery;732 829 320 00074;01000;red\nShop;35600000000048;75001;\n");

        assertThat(lab.rows(Data.class))
                .containsExactly(
                        new Data(
                                "companies",
                                "import-1",
                                2,
                                Map.of("name", "Bakery", "siret", SIRET, "postcode", "01000", "couleur", "red")),
                        new Data(
                                "companies",
                                "import-1",
                                3,
                                Map.of("name", "Shop", "siret", "35600000000048", "postcode", "75001", "couleur", "")));
        assertThat(lab.keys()).containsExactly("companies:" + SIRET, "companies:35600000000048", "import-1");
        assertThat(lab.rows(End.class)).containsExactly(new End("import-1", 2));
        assertThat(lab.jobHeaders()).containsOnly("job-1");
    }

    @Test
    void saysHowManyRowsThereAreBeforeTheFirstOne() throws Exception {
        lab.importCsv("siret;name\n%s;Café\n;\n1;x;\n".formatted(SIRET));

        var told = lab.published().getFirst();
        assertThat(told).isInstanceOfSatisfying(JobEvent.class, event -> {
            assertThat(event.outcome()).isEqualTo(JobStatus.PROCESSING);
            assertThat(event.stage()).isEqualTo("read");
            assertThat(event.counts()).isEqualTo(Map.of("rows_total", 2L));
            assertThat(event.facts()).containsEntry("format", "csv").containsEntry("encoding", "UTF-8");
        });
        assertThat(lab.header()).containsExactly("siret", "name");
    }

    @Test
    void rowsOfOneKeyWithOtherValuesAreReportedBeforeTheEnd() throws Exception {
        lab.importCsv(
                "categories", "name,description\nC,1\nC++,2\nc,3\nD,4\nD,4\nCAFÉ,5\nx,6\nCafe,5\nc++,2\nX,6\nC,1\n");

        var merged = (JobEvent) lab.published().get(lab.published().size() - 2);
        assertThat(lab.published().getLast()).isInstanceOf(End.class);
        assertThat(merged.counts()).isEqualTo(Map.of("rows_merged", 5L));
        assertThat(merged.facts())
                .containsEntry(
                        "merged",
                        "[{\"key\":\"c\",\"rows\":[2,4,12]},{\"key\":\"cafe\",\"rows\":[7,9]},"
                                + "{\"key\":\"c-plus-plus\",\"rows\":[3,10]},{\"key\":\"x\",\"rows\":[8,11]}]")
                .containsEntry(
                        "notes",
                        "5 rows have the key of an earlier row and other values; the last row of a key wins. The first"
                                + " are: 'c' in rows 2, 4, 12; 'cafe' in rows 7, 9; 'c-plus-plus' in rows 3, 10; 'x' in"
                                + " rows 8, 11.");
    }

    @Test
    void keysThatLookAlikeAreOneAndANoteNamesThem() throws Exception {
        lab.importCsv("products", """
                id,nom,texte
                AB 12,A,x
                AB\u00A012,A,x
                A\u00ADB 12,B,x
                \u202AAB 12\u202C,B,x
                ＡＢ　１２,B,x
                Cafe\u0301,C,x
                Café,C,x
                 AB 12\u00A0,B,x
                """);

        assertThat(lab.keys()).containsOnly("products:AB 12", "products:Café", "import-1");
        assertThat(lab.notes())
                .isEqualTo("5 keys had characters that cannot be seen or look like others, which were replaced or"
                        + " removed: 5 in product_id (rows 3, 4, 5, 6, 7).");
        assertThat(((JobEvent) lab.published().get(lab.published().size() - 2)).facts())
                .containsEntry("merged", "[{\"key\":\"AB 12\",\"rows\":[2,4]}]");
    }

    @Test
    void aKeyOfDigitsIsReadWithWhatCannotBeSeenInIt() throws Exception {
        lab.importCsv("siret,name\n\u200E732\u00A0829\u00A0320 00074,A\n732\u202F829\u202F320\u202F00074,A\n");

        assertThat(lab.keys()).containsExactly("companies:" + SIRET, "companies:" + SIRET, "import-1");
        assertThat(lab.notes()).endsWith("1 in siret (row 2).");
    }

    @Test
    void aGivenSlugThatAnotherRowDerivesIsReported() throws Exception {
        lab.importCsv("categories", "slug,name\nc-sharp,Music\n,C#\n");

        assertThat(((JobEvent) lab.published().get(3)).facts())
                .containsEntry("merged", "[{\"key\":\"c-sharp\",\"rows\":[2,3]}]");
    }

    @Test
    void rowsThatAreAlikeOrRejectedAreNotReported() throws Exception {
        lab.importCsv("products", "id,nom,texte\na,A,x\na, A ,x\nb,B,\nb,B,y\n");

        assertThat(lab.published()).filteredOn(JobEvent.class::isInstance).hasSize(1);
    }

    @Test
    void aWrongRowIsRejectedWithItsCellsAndEveryReason() throws Exception {
        lab.importCsv("siret,name,shop\n123,,x\n%s,fine,y\n%s,two,z,more\n".formatted(SIRET, SIRET));

        var rejections = lab.rows(Rejection.class);
        assertThat(rejections).extracting(Rejection::rowNumber).containsExactly(2, 4);
        assertThat(rejections.getFirst().cells()).isEqualTo(Map.of("siret", "123", "name", "", "shop", "x"));
        assertThat(rejections.getFirst().reasons())
                .extracting(reason -> reason.field())
                .containsExactly("siret", "name");
        assertThat(rejections.getLast().reasons().getFirst().message()).contains("beyond the last column", "more");
        assertThat(lab.rows(Data.class)).hasSize(1);
        assertThat(lab.rows(End.class)).containsExactly(new End("import-1", 3));
    }

    @Test
    void aRowWithCharactersThatCannotBeReadIsRejectedAndItIsSaid() throws Exception {
        var bytes = "siret;name\n%s;Société\n35600000000048;Ren\u0000 SA\n"
                .formatted(SIRET)
                .getBytes(UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == 0 ? (byte) 0xE9 : bytes[i];
        }

        lab.importFile(lab.textRequest(bytes, null, null));

        assertThat(lab.rows(Rejection.class)).singleElement().satisfies(rejection -> {
            assertThat(rejection.rowNumber()).isEqualTo(3);
            assertThat(rejection.reasons()).singleElement().satisfies(reason -> {
                assertThat(reason.field()).isEqualTo("name");
                assertThat(reason.message()).contains("could not be read: 'Ren\uFFFD SA'", "keep_damaged");
            });
        });
        assertThat(lab.notes()).contains("1 character could not be read", "row 3", "rejected");

        lab.published().clear();
        lab.importFile(lab.textRequest(bytes, null, true));

        assertThat(lab.rows(Rejection.class)).isEmpty();
        assertThat(lab.rows(Data.class))
                .extracting(row -> row.fields().get("name"))
                .containsExactly("Société", "Ren\uFFFD SA");
        assertThat(lab.notes()).contains("1 character could not be read", "kept");

        lab.published().clear();
        lab.importFile(lab.textRequest(bytes, "windows-1252", null));

        assertThat(lab.rows(Data.class))
                .extracting(row -> row.fields().get("name"))
                .containsExactly("Société", "René SA");
    }

    @Test
    void aCharacterThatWasLostBeforeTheFileWasWrittenIsDamageToo() throws Exception {
        lab.importCsv("siret;name\n%s;Soci\uFFFDt\uFFFD\n".formatted(SIRET));
        assertThat(lab.rows(Rejection.class))
                .singleElement()
                .satisfies(rejection ->
                        assertThat(rejection.reasons().getFirst().message()).contains("2 characters"));

        lab.published().clear();
        lab.importJson("[{\"siret\": \"%s\", \"name\": \"Soci\uFFFDt\"}]".formatted(SIRET));
        assertThat(lab.rows(Rejection.class)).hasSize(1);
    }

    @Test
    void aRejectedRowShowsNoNameThatItLacked() throws Exception {
        lab.importJson("[{\"siret\":\"123\",\"name\":\"\"},{\"siret\":\"%s\",\"name\":\"a\",\"city\":\"Lyon\"}]"
                .formatted(SIRET));

        assertThat(lab.rows(Rejection.class))
                .extracting(Rejection::cells)
                .containsExactly(Map.of("siret", "123", "name", ""));
    }

    @Test
    void aFileOfErrorsIsRefusedAgainUntilItIsMended() throws Exception {
        lab.importCsv(
                "siret,name\n%s,Bakery,Paris,,75001\n%s,\"Shop\" and more\n%s,fine\n".formatted(SIRET, SIRET, SIRET));
        assertThat(lab.header())
                .containsExactly("siret", "name", "beyond the header 1", "beyond the header 2", "beyond the header 3");
        var first = lab.rows(Rejection.class);
        assertThat(first).hasSize(2);
        assertThat(first.getFirst().cells())
                .containsEntry("beyond the header 1", "Paris")
                .containsEntry("beyond the header 3", "75001");
        var errors = lab.errorsFile();

        lab.published().clear();
        lab.importCsv(errors);

        assertThat(lab.rows(Data.class)).isEmpty();
        assertThat(lab.rows(Rejection.class))
                .extracting(Rejection::cells)
                .isEqualTo(first.stream().map(Rejection::cells).toList());
        assertThat(lab.errorsFile()).isEqualTo(errors);

        lab.published().clear();
        lab.importCsv(errors.replaceAll("\"(?:Paris|75001|mend .*?)\"", ""));

        assertThat(lab.rows(Rejection.class)).isEmpty();
        assertThat(lab.rows(Data.class))
                .extracting(Data::fields)
                .containsExactly(
                        Map.of("siret", SIRET, "name", "Bakery"), Map.of("siret", SIRET, "name", "Shop and more"));
    }

    @Test
    void aRowThatNoRecordCouldHoldIsRejectedWithoutItsCells() throws Exception {
        lab.importCsv("siret,name\n%s,%s\n".formatted(SIRET, "x".repeat(200_000)));

        assertThat(lab.rows(Rejection.class))
                .singleElement()
                .satisfies(rejection -> assertThat(rejection.cells()).isEmpty());
    }

    @Test
    void whatCannotBeStoredIsRejectedAndShownInAnotherForm() throws Exception {
        lab.importJson("[{\"siret\":\"%s\",\"name\":\"a\\u0000b\"},{\"siret\":\"%s\",\"name\":\"\\ud800\"}]"
                .formatted(SIRET, SIRET));

        assertThat(lab.rows(Rejection.class))
                .extracting(rejection -> rejection.cells().get("name"))
                .containsExactly("a\uFFFDb", "\uFFFD");
    }

    @Test
    void aFieldThatAnObjectLacksStaysAsItIs() throws Exception {
        lab.importJson("[{\"siret\":73282932000074,\"name\":\"A\",\"city\":null},{\"siret\":\"%s\",\"name\":\"B\"}]"
                .formatted(SIRET));

        assertThat(lab.rows(Data.class))
                .extracting(Data::fields)
                .containsExactly(Map.of("siret", SIRET, "name", "A", "city", ""), Map.of("siret", SIRET, "name", "B"));
        assertThat(lab.rows(Data.class)).extracting(Data::rowNumber).containsExactly(1, 2);
    }

    @Test
    void anObjectMayLackANamelessFieldThatNoColumnIsMadeOf() throws Exception {
        lab.importJson("[{\"siret\":\"%s\",\"name\":\"A\",\"\":\"\"},{\"siret\":\"%s\",\"name\":\"B\"}]"
                .formatted(SIRET, SIRET));

        assertThat(lab.rows(Data.class)).extracting(Data::fields).last().isEqualTo(Map.of("siret", SIRET, "name", "B"));
    }

    @Test
    void whatAParserSaysOfALineIsStoredAndShort() throws Exception {
        lab.importLines("{\"siret\":\"%s\",\"name\":\"A\"}\n{\"\\ud800\":1,\"\\ud800\":2}\n{\"%s\":1,\"%s\":2}\n"
                .formatted(SIRET, "x".repeat(40_000), "x".repeat(40_000)));

        assertThat(lab.rows(Rejection.class))
                .hasSize(2)
                .allSatisfy(
                        rejection -> assertThat(rejection.reasons().getFirst().message())
                                .contains("The line is not a JSON object: ")
                                .hasSizeLessThanOrEqualTo(1_000));
    }

    @Test
    void whateverReadingAFileThrowsIsTheFilesFault() {
        assertThatThrownBy(() ->
                        ReaderFailures.asRefusal("import-1", () -> List.of().getFirst()))
                .isInstanceOfSatisfying(
                        FileRefusedException.class, e -> assertThat(e.code()).isEqualTo(FILE_DAMAGED))
                .hasCauseInstanceOf(NoSuchElementException.class);
    }

    @Test
    void whatFailsWhileAFileIsReadIsNotTheFilesFault() {
        lab.ledger().failAfterLooks(2);
        lab.clock().stepByLook();

        assertThatThrownBy(() -> lab.importCsv("siret,name\n" + "1,a\n".repeat(10)))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("the ledger is away");
    }

    @Test
    void zerosThatNumbersHaveLostArePutBackAndItIsSaid() throws Exception {
        lab.importJson(
                "[{\"siret\":\"%s\",\"name\":\"A\",\"postcode\":1000},{\"siret\":\"%s\",\"name\":\"B\",\"postcode\":75001}]"
                        .formatted(SIRET, SIRET));

        assertThat(lab.rows(Data.class))
                .extracting(row -> row.fields().get("postcode"))
                .containsExactly("01000", "75001");
        assertThat(lab.published().getFirst())
                .isInstanceOfSatisfying(
                        JobEvent.class,
                        event -> assertThat(event.facts().get("notes"))
                                .contains("1 cell was kept as numbers without their leading zeros"));
    }

    @Test
    void zerosThatACsvFileHasLostArePutBackAndItIsSaid() throws Exception {
        lab.importCsv("""
                siret,siren,name,code postal,tel
                8713971870720,87139718,A,4000,171598639
                73282932000074,732829320,B,75001,+33612345678
                """);

        assertThat(lab.rows(Data.class))
                .extracting(row -> row.fields().get("siret")
                        + row.fields().get("siren")
                        + row.fields().get("postcode")
                        + row.fields().get("phone"))
                .containsExactly(
                        "08713971870720" + "087139718" + "04000" + "0171598639",
                        "73282932000074" + "732829320" + "75001" + "+33612345678");
        assertThat(lab.notes())
                .contains("4 cells were kept as numbers without their leading zeros, which were put back:"
                        + " 1 in siret, 1 in siren, 1 in postcode, 1 in phone.");
    }

    @Test
    void aShortPostcodeAmongThoseWithTheirZerosHasLostAnotherDigit() throws Exception {
        lab.importCsv("siret,name,cp\n%s,A,04000\n%s,B,01000\n%s,C,4500\n".formatted(SIRET, SIRET, SIRET));

        assertThat(lab.rows(Rejection.class))
                .singleElement()
                .satisfies(rejection ->
                        assertThat(rejection.reasons().getFirst().message()).isEqualTo("must have 5 digits, has 4"));
        assertThat(lab.notes()).doesNotContain("zeros");
    }

    @Test
    void aShortSiretThatPassesItsCheckDigitAmongThoseThatFailHasLostAnotherDigit() throws Exception {
        lab.importCsv("siret,name\n8713971870720,A\n7328293200007,B\n7328293200008,C\n");

        assertThat(lab.rows(Data.class)).isEmpty();
        assertThat(lab.rows(Rejection.class))
                .extracting(rejection -> rejection.reasons().getFirst().message())
                .containsOnly("must have 14 digits, has 13");
        assertThat(lab.notes()).doesNotContain("zeros");
    }

    @Test
    void twoFilesInOneWithTheirColumnsInAnotherOrderAreRefused() throws Exception {
        lab.refuses(
                "companies",
                "siret;nom;ville\n%s;Un;Lyon\nsiret;ville;nom\n%s;Albi;Deux\n".formatted(SIRET, SIRET),
                HEADER_UNUSABLE,
                "Row 3 is a second header");
    }

    @Test
    void aRowInWhichNothingCanBeSeenIsBlank() throws Exception {
        lab.importCsv(
                "siret;name;city\n \u00a0;\u202f;\u3000\n\u200b;\u2060;\ufeff\u00ad\n%s;A;\u200d\n\u2800;;\u200e\n\u001a"
                        .formatted(SIRET));

        assertThat(lab.rows(Data.class))
                .extracting(Data::fields)
                .containsExactly(Map.of("siret", SIRET, "name", "A", "city", ""));
        assertThat(lab.rows(Rejection.class)).isEmpty();
        assertThat(lab.rows(End.class)).containsExactly(new End("import-1", 1));
        assertThat(lab.notes()).isEmpty();
    }

    @Test
    void theSignThatEndedFilesOnceIsNotPartOfTheLastCell() throws Exception {
        lab.importCsv("siret;name;cp\n%s;A;1000\u001a".formatted(SIRET));

        assertThat(lab.rows(Data.class))
                .extracting(Data::fields)
                .containsExactly(Map.of("siret", SIRET, "name", "A", "postcode", "01000"));
    }

    @Test
    void aDateFieldLeavesOutTheTimeAndItIsSaid(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("events.yaml"), "key: code\nfields:\n  code:\n  since:\n    type: date\n");
        var events = new FileLab(ImportConfig.ofDefaults(), Optional.of(folder));
        events.importCsv(
                "events",
                "code,since\na,31/12/2026 00:00\nb,2026-12-31T10:15:00+02:00\nc,2026-12-31\nd,yesterday 10:00\n");

        assertThat(events.rows(Data.class))
                .extracting(row -> row.fields().get("since"))
                .containsExactly("2026-12-31", "2026-12-31", "2026-12-31");
        assertThat(events.notes())
                .isEqualTo(
                        "2 cells had a time after their date, which was left out; the dates stay as they are written:"
                                + " 2 in since.");
    }

    @Test
    void aRowWithTextTooManyIsShownWithTheZerosThatWerePutBack() throws Exception {
        lab.importJson(
                "[{\"siret\":\"%s\",\"name\":\"A\",\"postcode\":1000,\"\":\"\"},{\"postcode\":1000,\"\":\"more\"}]"
                        .formatted(SIRET));

        assertThat(lab.rows(Rejection.class))
                .singleElement()
                .satisfies(rejection -> assertThat(rejection.cells()).containsEntry("postcode", "01000"));
    }

    @Test
    void whatAJobHearsIsShortAndCanBeStored() {
        var events = new ImportJobEvents(lab.clock());
        var request = lab.request("companies", "text/csv", lab.gone());
        var kind = ImportKinds.load(Optional.empty()).find("companies").orElseThrow();
        var notes = Collections.nCopies(500, "x".repeat(500));
        var columns = new RecognizedColumns(List.of(), List.of());
        var findings = new Findings(
                Header.of(CsvSheet.open("siret".getBytes(UTF_8), null, FileLimits.ofDefaults()), kind, Map.of()),
                columns,
                new CellsBeyondHeader(List.of()),
                CellCorrections.of(columns, kind.key(), false),
                1,
                notes);

        var read = events.read(request, Map.of("sheet", "\ud800" + "x".repeat(1_000_000)), findings);
        var refused =
                events.refused(request, Map.of(), new FileRefusedException(HEADER_UNUSABLE, "x".repeat(1_000_000)));

        assertThat(read.facts().get("notes")).hasSize(4_096).endsWith("…");
        assertThat(read.facts().get("sheet")).hasSize(1_024).startsWith("\uFFFDx");
        assertThat(Objects.requireNonNull(refused.error()).message()).hasSize(2_048);
    }

    @Test
    void aFileThatIsWrongAsAWholeFailsItsJobAndLeavesNothing() throws Exception {
        lab.refuses("companies", "siret,city\n1,2\n", HEADER_UNUSABLE, "name");
        lab.refuses("companies", "73282932000074,Bakery\n35600000000048,Shop\n", HEADER_UNUSABLE, "siret");
        lab.refuses("companies", "siret,name\n", EMPTY_FILE, "no rows");
        lab.refuses("companies", "\n \n", EMPTY_FILE, "no rows");
        lab.refuses("teapots", "siret,name\n1,2\n", UNKNOWN_KIND, "companies");
        lab.objects().kept().clear();
        lab.refuses(lab.request("companies", "text/csv", lab.gone()), FILE_MISSING, "send it again");
    }

    @Test
    void theLimitOfRowsItselfIsAllowed() throws Exception {
        var small = new FileLab(new ImportConfig("", 1_000, 2));

        small.importCsv("siret,name\n1,a\n2,b\n\n");
        assertThat(small.rows(End.class)).containsExactly(new End("import-1", 2));
        small.refuses("companies", "siret,name\n1,a\n2,b\n3,c\n", TOO_MANY_ROWS, "more than 2 rows");
    }

    @Test
    void aCanceledImportIsReadNoFurther() throws Exception {
        lab.ledger().cancelAfterLooks(2);
        lab.clock().stepByLook();

        lab.isToldThatItIsCanceled("siret,name\n" + "1,a\n".repeat(1_000));

        assertThat(lab.rows(Rejection.class)).hasSize(1);
        assertThat(lab.rows(End.class)).isEmpty();
    }

    @Test
    void anImportThatIsCanceledBeforeItBeginsIsNotReadAndItsJobHearsOfIt() throws Exception {
        lab.ledger().cancelAfterLooks(0);

        lab.isToldThatItIsCanceled("siret,name\n1,a\n");

        assertThat(lab.published()).isEmpty();
    }

    @Test
    void whatKafkaDoesNotTakeMakesTheFileComeAgain() throws Exception {
        lab.failAcksFrom(3);

        assertThatThrownBy(() -> lab.importCsv("siret,name\n" + "1,a\n".repeat(10)))
                .isInstanceOf(RowsNotPublishedException.class);
        var errors = new RowPublisherErrors();
        assertThat(errors.translate(new RowsNotPublishedException(new Exception("x"))))
                .containsInstanceOf(Retryable.class);
        var tooLarge = new CompletionException(new RecordTooLargeException("2 MB"));
        assertThat(errors.translate(new RowsNotPublishedException(tooLarge))).containsInstanceOf(Fatal.class);
    }

    @Test
    void aDeletedRequestIsNothingToDo() throws Exception {
        assertThat(lab.deleted()).isEqualTo(List.of(Outcome.done()));
    }
}
