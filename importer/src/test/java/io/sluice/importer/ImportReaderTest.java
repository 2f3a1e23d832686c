package io.sluice.importer;

import static io.sluice.importer.sheet.ImporterFailure.EMPTY_FILE;
import static io.sluice.importer.sheet.ImporterFailure.FILE_DAMAGED;
import static io.sluice.importer.sheet.ImporterFailure.FILE_MISSING;
import static io.sluice.importer.sheet.ImporterFailure.HEADER_UNUSABLE;
import static io.sluice.importer.sheet.ImporterFailure.TOO_MANY_ROWS;
import static io.sluice.stores.imports.ImportFailure.UNKNOWN_KIND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.importer.FirstPass.Findings;
import io.sluice.importer.RowPublisher.RowsNotPublishedException;
import io.sluice.importer.sheet.FileRefusedException;
import io.sluice.imports.columns.RecognizedColumns;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Outcome;
import io.sluice.schemas.imports.ImportRow.Data;
import io.sluice.schemas.imports.ImportRow.End;
import io.sluice.schemas.imports.ImportRow.Rejection;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobStatus;
import io.sluice.stores.imports.ImportConfig;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;

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
        var notes = Collections.nCopies(500, "x".repeat(500));
        var findings =
                new Findings(new RecognizedColumns(List.of(), List.of()), new CellsBeyondHeader(List.of()), 1, notes);

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
