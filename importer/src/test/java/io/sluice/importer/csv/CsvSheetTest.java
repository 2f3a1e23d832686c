package io.sluice.importer.csv;

import static io.sluice.importer.sheet.ImporterFailure.EMPTY_FILE;
import static io.sluice.importer.sheet.ImporterFailure.ENCODING_UNCLEAR;
import static io.sluice.importer.sheet.ImporterFailure.FILE_ENCRYPTED;
import static io.sluice.importer.sheet.ImporterFailure.NOT_A_SPREADSHEET;
import static io.sluice.importer.sheet.ImporterFailure.TOO_MANY_COLUMNS;
import static io.sluice.importer.sheet.ImporterFailure.UNCLOSED_QUOTE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.importer.ReadSheet;
import io.sluice.importer.sheet.FileLimits;
import io.sluice.importer.sheet.FileRefusedException;
import io.sluice.importer.sheet.FileSignature;
import io.sluice.importer.sheet.ImporterFailure;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvSheetTest {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final FileLimits LIMITS = FileLimits.ofDefaults();
    private static final String TABLE = "siret;nom;ville\n1;Café Zoë;Orléans\n2;Œuf – à 3 €;Nîmes\n";
    private static final List<List<String>> CELLS = List.of(
            List.of("siret", "nom", "ville"),
            List.of("1", "Café Zoë", "Orléans"),
            List.of("2", "Œuf – à 3 €", "Nîmes"));

    @Test
    void readsUtf8WithAndWithoutByteOrderMark() {
        assertThat(read(TABLE.getBytes(UTF_8)).cells()).isEqualTo(CELLS);
        assertThat(read(("\uFEFF" + TABLE).getBytes(UTF_8)).cells()).isEqualTo(CELLS);
        assertThat(open(("\uFEFF" + TABLE).getBytes(UTF_8)).facts())
                .containsEntry("encoding", "UTF-8 with BOM")
                .containsEntry("format", "csv")
                .containsEntry("delimiter", ";");
    }

    @Test
    void readsUtf16OfEitherOrderWithAndWithoutByteOrderMark() {
        for (var charset : List.of(UTF_16LE, UTF_16BE)) {
            assertThat(read(("\uFEFF" + TABLE).getBytes(charset)).cells()).isEqualTo(CELLS);
            assertThat(read(TABLE.getBytes(charset)).cells()).isEqualTo(CELLS);
            assertThat(open(TABLE.getBytes(charset)).facts()).containsEntry("encoding", charset.name());
        }
    }

    @Test
    void readsWhatIsNotUtf8AsWindows1252() {
        assertThat(read(TABLE.getBytes(WINDOWS_1252)).cells()).isEqualTo(CELLS);
        assertThat(open(TABLE.getBytes(WINDOWS_1252)).facts()).containsEntry("encoding", "windows-1252");
        // one byte at the very end is enough
        var late = (TABLE.substring(0, 20) + "x".repeat(200_000) + " Café").getBytes(WINDOWS_1252);
        assertThat(open(late).facts()).containsEntry("encoding", "windows-1252");
    }

    @Test
    void putsRightWhatWasEncodedTwiceAndSaysSo() {
        var twice = new String(TABLE.getBytes(UTF_8), WINDOWS_1252);
        assertThat(twice).contains("CafÃ©");

        var sheet = read(twice.getBytes(UTF_8));

        assertThat(sheet.cells()).isEqualTo(CELLS);
        assertThat(sheet.notes()).singleElement().asString().contains("encoded twice", "8 places");
    }

    @ParameterizedTest
    @ValueSource(strings = {"windows-1252", "x-MacRoman", "IBM850", "windows-1250"})
    void oneAccentThatWasEncodedTwiceIsEnough(String misread) {
        var twice = "nom,x\n" + new String("Société".getBytes(UTF_8), Charset.forName(misread)) + ",1\n";

        var sheet = read(twice.getBytes(UTF_8));

        assertThat(sheet.cells().get(1)).containsExactly("Société", "1");
        assertThat(sheet.notes()).singleElement().asString().contains("encoded twice", "2 places");
        assertThat(read("nom,x\nCafÃ©,1\n".getBytes(UTF_8)).cells().get(1)).containsExactly("Café", "1");
    }

    @Test
    void putsHalfOfAFileRightThatWasEncodedTwice() {
        var text = "nom,x\nSociété,1\nCrémerie,2\nSociÃ©tÃ©,3\nVoilÃ\u00A0,4\n";

        var sheet = read(text.getBytes(UTF_8));

        assertThat(sheet.cells().subList(1, 5))
                .containsExactly(
                        List.of("Société", "1"),
                        List.of("Crémerie", "2"),
                        List.of("Société", "3"),
                        List.of("Voilà", "4"));
        assertThat(sheet.notes()).singleElement().asString().contains("3 places");
    }

    @Test
    void putsRightWhatWasEncodedThreeTimes() {
        var twice = new String("Société".getBytes(UTF_8), WINDOWS_1252);
        var thrice = new String(twice.getBytes(UTF_8), WINDOWS_1252);

        assertThat(read(("nom,x\n" + thrice + ",1\n").getBytes(UTF_8)).cells().get(1))
                .containsExactly("Société", "1");
    }

    @Test
    void putsAWordOfUtf8RightInAFileOfWindows1252() {
        var text = "nom,x\n" + "Société Générale des Crèmes,1\n".repeat(20) + "SociÃ©tÃ©,2\n";

        var sheet = open(text.getBytes(WINDOWS_1252));

        assertThat(sheet.facts()).containsEntry("encoding", "windows-1252");
        assertThat(ReadSheet.of(sheet).cells().getLast()).containsExactly("Société", "2");
        assertThat(sheet.notes()).singleElement().asString().contains("encoded twice");
    }

    @Test
    void readsAFileInTheEncodingThatIsGiven() {
        var bytes = "nom,x\nSoci\u008Et\u008E,1\n".getBytes(ISO_8859_1);

        var mac = CsvSheet.open(bytes, "macintosh", LIMITS);
        var wrong = CsvSheet.open(bytes, "UTF-8", LIMITS);
        var windows = CsvSheet.open(bytes, "windows-1252", LIMITS);

        assertThat(ReadSheet.of(mac).cells().get(1)).containsExactly("Société", "1");
        assertThat(mac.facts()).containsEntry("encoding", "macintosh");
        assertThat(ReadSheet.of(wrong).cells().get(1)).containsExactly("Soci\uFFFDt\uFFFD", "1");
        assertThat(ReadSheet.of(windows).cells().get(1)).containsExactly("SociŽtŽ", "1");
    }

    @Test
    void aByteOrderMarkOutweighsTheEncodingThatIsGiven() {
        var sheet = CsvSheet.open("\uFEFFnom,x\nCafé,1\n".getBytes(UTF_8), "windows-1252", LIMITS);

        assertThat(ReadSheet.of(sheet).cells()).containsExactly(List.of("nom", "x"), List.of("Café", "1"));
        assertThat(sheet.notes()).singleElement().asString().contains("byte-order mark of UTF-8", "windows-1252");
    }

    @Test
    void showsTheFirstCellThatDiffersWhenTheEncodingIsUnclear() {
        var bytes = "siret,nom\n1,Paris\n2,\u00B7\n".getBytes(ISO_8859_1);

        assertThatThrownBy(() -> open(bytes))
                .isInstanceOfSatisfying(
                        FileRefusedException.class, e -> assertThat(e.code()).isEqualTo(ENCODING_UNCLEAR))
                .hasMessageContainingAll("row 3, nom: \"", "\" as ", "encoding=", "--encoding");
    }

    @Test
    void readsJapaneseInSevenBits() {
        var bytes = "nom,x\n株式会社,1\n".getBytes(Charset.forName("ISO-2022-JP"));

        assertThat(read(bytes).cells().get(1)).containsExactly("株式会社", "1");
    }

    @Test
    void readsCharactersThatWindows1252LeavesUndefinedAsTheirBytes() {
        // À is C3 80, Á is C3 81, and 81 is nothing in Windows-1252
        var twice = new String("nom,x\nÁrpád,1\n".getBytes(UTF_8), ISO_8859_1);

        assertThat(read(twice.getBytes(UTF_8)).cells().get(1)).containsExactly("Árpád", "1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nom,x\nCAFÉ»,1\n",
                "nom,x\nSÃO PAULO,1\n",
                "nom,x\nЖизнь,1\n",
            })
    void leavesTextAloneThatMayBeMeant(String text) {
        var sheet = read(text.getBytes(UTF_8));

        assertThat(String.join("", sheet.cells().get(1)))
                .isEqualTo(text.lines().toList().get(1).replace(",", ""));
        assertThat(sheet.notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nom,x\nÅ»,é\nà,ù\n", "nom,x\nÃ©,é\n"})
    void leavesAPlaceAloneThatMayBeMeantAndSaysSo(String text) {
        var sheet = read(text.getBytes(UTF_8));

        assertThat(String.join(",", sheet.cells().get(1)))
                .isEqualTo(text.lines().toList().get(1));
        assertThat(sheet.notes()).singleElement().asString().contains("encoded twice", "may be meant");
    }

    @ParameterizedTest
    @ValueSource(chars = {',', ';', '\t', '|'})
    void findsTheDelimiter(char delimiter) {
        var text = "siret,name,price\n1,\"Smith; Sons, Ltd | Co\",\"12,50\"\n2,b,\"1,5\"\n3,c,\"2,5\"\n"
                .replace(",", "\0")
                .replace('\0', delimiter);

        assertThat(read(text.getBytes(UTF_8)).cells())
                .allSatisfy(row -> assertThat(row).hasSize(3));
    }

    @Test
    void isNotMisledByCommasInTextsAndDecimals() {
        var text = "siret;name;price\n1;a, b, c;1,5\n2;d, e;2,5\n3;f, g, h, i;3,5\n";

        assertThat(read(text.getBytes(UTF_8)).cells())
                .allSatisfy(row -> assertThat(row).hasSize(3));
    }

    @Test
    void rowsMayEndInADelimiterThatTheirHeaderLacks() {
        assertThat(read("a;b\n1;2;\n3;4;\n".getBytes(UTF_8)).cells())
                .containsExactly(List.of("a", "b"), List.of("1", "2", ""), List.of("3", "4", ""));
    }

    @Test
    void findsApostrophesThatAreQuotationMarks() {
        var text = "'siret';'name'\n'1';'a;b'\n'2';'it''s'\n";

        assertThat(read(text.getBytes(UTF_8)).cells())
                .containsExactly(List.of("siret", "name"), List.of("1", "a;b"), List.of("2", "it's"));
    }

    @Test
    void takesAwayTheApostropheThatKeepsACellFromBeingAFormula() {
        var text = "siret,phone\n1,'+33 2 38 00 00 00\n2,'=1+1\n3,'s Heeren\n";

        assertThat(read(text.getBytes(UTF_8)).cells().subList(1, 4))
                .containsExactly(List.of("1", "+33 2 38 00 00 00"), List.of("2", "=1+1"), List.of("3", "'s Heeren"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "\uD83D\uDE00"})
    void aDelimiterThatCannotBeOneIsNotTaken(String told) {
        var sheet = read("sep=%s\nid;name\n1;a\n".formatted(told).getBytes(UTF_8));

        assertThat(sheet.cells()).containsExactly(List.of("id", "name"), List.of("1", "a"));
    }

    @Test
    void doesWhatTheFirstLineSaysAboutTheDelimiter() {
        var sheet = read("sep=|\r\nsiret|name\r\n1|a,b\r\n".getBytes(UTF_8));

        assertThat(sheet.cells()).containsExactly(List.of("siret", "name"), List.of("1", "a,b"));
        assertThat(sheet.numbers()).containsExactly(1, 2); // Excel does not show that line
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sep=;\n",
                "\"sep=;\"\r\n",
                "'sep=;'\n",
                "SEP=;\r",
                "\uFEFFsep=;\n",
                "\uFEFF\"sep=;\"\n",
                "\"sep=;\";;\n"
            })
    void findsTheLineThatTellsTheDelimiterHoweverItIsWritten(String line) {
        var sheet = read((line + "id;name\n1;a,b\n2;c,d\n").getBytes(UTF_8));

        assertThat(sheet.cells()).containsExactly(List.of("id", "name"), List.of("1", "a,b"), List.of("2", "c,d"));
        assertThat(sheet.numbers()).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sep=\t\n", "sep=\\t\n", "\"sep=\t\"\n"})
    void theDelimiterThatIsToldMayBeATab(String line) {
        assertThat(read((line + "id\tname\n1\ta;b\n").getBytes(UTF_8)).cells())
                .containsExactly(List.of("id", "name"), List.of("1", "a;b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void readsEveryLineEndingAndNumbersRowsAsASpreadsheetDoes(String end) {
        var text = "siret,name#1,\"two#lines\"##   ,  #2,b".replace("#", end);

        var sheet = read(text.getBytes(UTF_8));

        assertThat(sheet.cells())
                .containsExactly(List.of("siret", "name"), List.of("1", "two" + end + "lines"), List.of("2", "b"));
        assertThat(sheet.numbers()).containsExactly(1, 2, 5);
    }

    @Test
    void aHeaderMayStandLowerDown() {
        assertThat(read("\n\nsiret,name\n1,a\n".getBytes(UTF_8)).numbers()).containsExactly(3, 4);
    }

    @Test
    void keepsTrailingColumnsAndShortRowsAsTheyAre() {
        assertThat(read("a,b,,\n1,2,,\n1\n".getBytes(UTF_8)).cells())
                .containsExactly(List.of("a", "b", "", ""), List.of("1", "2", "", ""), List.of("1"));
    }

    @Test
    void aFileOfOneColumnIsOne() {
        assertThat(read("name\nBakery\nShoes; hats\n".getBytes(UTF_8)).cells())
                .containsExactly(List.of("name"), List.of("Bakery"), List.of("Shoes; hats"));
    }

    @Test
    void aStrayQuotationMarkSpoilsItsRowAlone() {
        var rows = read("a,b\n1,\"say \"hi\" now\"\n2,x\n3,5\" pipe\n".getBytes(UTF_8))
                .rows();

        assertThat(rows.get(1).faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains("not doubled"));
        assertThat(rows.get(2).faults()).isEmpty();
        assertThat(rows.get(3).cells()).containsExactly("3", "5\" pipe");
    }

    @Test
    void anUnclosedQuotationMarkIsNamedByItsRow() {
        // to the end of the file; where the next one opens; beyond what a cell can hold
        refused("a,b\n1,2\n3,\"four\n5,6\n", UNCLOSED_QUOTE, "Row 3");
        refused("a,b\n1,\"2\n3,\"four\"\n5,6\n", UNCLOSED_QUOTE, "Row 2");
        refused("a,b\n1,\"" + "2\n".repeat(100_000) + "\"\n", UNCLOSED_QUOTE, "Row 2");
    }

    /** The scan and commons-csv have to agree on where rows begin, or a wrong row would be rejected. */
    @Seeded
    @Test
    void whateverIsNotRefusedIsReadToItsEnd(Seed seed) {
        var random = seed.random();
        var alphabet = "ab \"\",;\n\r\t";
        for (int i = 0; i < 20_000; i++) {
            var text = random.ints(random.nextInt(40), 0, alphabet.length())
                    .mapToObj(at -> alphabet.substring(at, at + 1))
                    .collect(Collectors.joining());
            var file = ("sep=,\nid,name\n" + text + "\nlast,\"row\"\n").getBytes(UTF_8);
            try {
                var rows = read(file).rows();
                assertThat(rows.getLast().cells()).as("file <%s>", text).startsWith("last", "row");
                assertThat(rows.getLast().faults()).as("file <%s>", text).isEmpty();
            } catch (FileRefusedException e) {
                assertThat(e.code()).as("file <%s>", text).isEqualTo(UNCLOSED_QUOTE);
            }
        }
    }

    @Test
    void aMillionColumnsAreRefused() {
        refused("a" + ",".repeat(1_000_000) + "\n", TOO_MANY_COLUMNS, "Row 1", "500");
        refused("a,b\n" + "1,".repeat(1_000_000) + "\n", TOO_MANY_COLUMNS, "Row 2");
    }

    @Test
    void whatIsNoTextIsRefusedByName() {
        refusedBytes("%PDF-1.7\n%âãÏÓ".getBytes(ISO_8859_1), NOT_A_SPREADSHEET, "a PDF", ".xlsx or .csv");
        refusedBytes("\u0089PNG\r\n\u001A\n".getBytes(ISO_8859_1), NOT_A_SPREADSHEET, "a picture");
        refusedBytes("<!DOCTYPE html><html>".getBytes(UTF_8), NOT_A_SPREADSHEET, "a web page");
        refusedBytes("<?xml version=\"1.0\"?><a/>".getBytes(UTF_8), NOT_A_SPREADSHEET, "an XML document");
        refusedBytes(new byte[0], EMPTY_FILE, "empty");
        var noise = new byte[10_000];
        new Random(7).nextBytes(noise);
        refusedBytes(noise, NOT_A_SPREADSHEET, "neither text nor a workbook");
        refusedBytes("\u0001\u0002\u0003".repeat(9).getBytes(UTF_8), NOT_A_SPREADSHEET, "no text");
    }

    @Test
    void aWorkbookWithAPasswordIsToldFromAnOldOne() {
        var container = "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1".getBytes(ISO_8859_1);
        var old = Arrays.copyOf(container, 4_000);
        var encrypted = old.clone();
        var entry = "EncryptedPackage".getBytes(UTF_16LE);
        System.arraycopy(entry, 0, encrypted, 2_000, entry.length);

        refusedBytes(old, NOT_A_SPREADSHEET, ".xls");
        refusedBytes(encrypted, FILE_ENCRYPTED, "password");
    }

    private static void refused(String text, ImporterFailure code, String... words) {
        refusedBytes(text.getBytes(UTF_8), code, words);
    }

    private static void refusedBytes(byte[] file, ImporterFailure code, String... words) {
        ThrowingCallable opening = () -> {
            assertThat(FileSignature.of(file)).isEqualTo(FileSignature.TEXT);
            read(file);
        };
        assertThatThrownBy(opening)
                .isInstanceOfSatisfying(
                        FileRefusedException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContainingAll(words);
    }

    private static CsvSheet open(byte[] file) {
        return CsvSheet.open(file, null, LIMITS);
    }

    private static ReadSheet read(byte[] file) {
        return ReadSheet.of(open(file));
    }
}
