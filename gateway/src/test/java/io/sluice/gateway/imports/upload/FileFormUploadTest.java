package io.sluice.gateway.imports.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micronaut.http.MediaType;
import io.sluice.fakes.InMemoryObjects;
import io.sluice.gateway.imports.kind.KindLookup;
import io.sluice.gateway.shelf.ObjectShelf;
import io.sluice.imports.kind.ImportKinds;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.stores.imports.ImportConfig;
import io.sluice.web.body.FormLimits;
import io.sluice.web.body.StreamedForm;
import io.sluice.web.problem.FieldError;
import io.sluice.web.problem.Problem;
import io.sluice.web.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileFormUploadTest {
    private static final int MAX_BYTES = 2_000;
    private static final String KIND = part("kind", "companies");
    private static final String FILE = file("siret,name\n1,a\n");

    private final InMemoryObjects objects = new InMemoryObjects();
    private final ImportFileStorage files =
            new ImportFileStorage(new ObjectShelf(objects), new ImportConfig("", MAX_BYTES, 10));
    private final ImportOptionsReader fields =
            new ImportOptionsReader(new KindLookup(ImportKinds.load(Optional.empty())), new JsonCodec());

    @Test
    void readsPartsInAnyOrder() {
        var options = part("dry_run", "true") + part("create_categories", "0") + part("mapping", "{\"Nom\":\"name\"}");
        var wanted = new ImportOptions("companies", Map.of("Nom", "name"), true, false, "S 1", "", false);

        assertThat(read(KIND + FILE + options + part("sheet", "S 1")).options()).isEqualTo(wanted);
        assertThat(read(options + part("sheet", "S 1") + FILE + KIND).options()).isEqualTo(wanted);
        assertThat(objects.kept().values()).containsExactly("siret,name\n1,a\n".getBytes(UTF_8));
    }

    @Test
    void readsTheOptionsOfATextAndTakesOtherNamesOfAnEncoding() {
        var options = read(KIND + part("encoding", "MacRoman") + part("keep_damaged", "true") + FILE)
                .options();

        assertThat(options.encoding()).isEqualTo("macintosh");
        assertThat(options.keepDamaged()).isTrue();
        assertThat(read(KIND + part("encoding", " ") + FILE).options().encoding())
                .isEmpty();
    }

    @Test
    void listsTheKnownEncodingsWhenOneIsUnknown() {
        assertThat(errors(KIND + part("encoding", "utf-9") + FILE, null))
                .singleElement()
                .satisfies(error -> assertThat(error.message())
                        .startsWith("must be one of UTF-8, UTF-16LE, ")
                        .contains("windows-1252", "macintosh", "IBM850", "Shift_JIS")
                        .endsWith("; is 'utf-9'"));
    }

    @Test
    void acceptsTheKindFromTheUrl() {
        assertThat(upload(FILE, "companies").options().kind()).isEqualTo("companies");
        assertThat(errors(FILE + KIND, "companies"))
                .containsExactly(new FieldError("kind", "must be sent once, was sent 2 times"));
    }

    @ParameterizedTest
    @CsvSource({
        "kind, nothing, must be one of",
        "mapping, [], must be a JSON object",
        "mapping, '{\"a\": 1}', the name of a field",
        "dry_run, perhaps, must be true or false",
        "colour, red, the parts are file",
    })
    void namesInvalidPartsBeforeAndAfterTheFile(String field, String value, String message) {
        var others = field.equals("kind") ? "" : KIND;
        var wrong = part(field, value);

        for (var body : List.of(others + wrong + FILE, FILE + others + wrong)) {
            assertThat(errors(body, null)).singleElement().satisfies(error -> {
                assertThat(error.field()).isEqualTo(field);
                assertThat(error.message()).contains(message);
            });
            assertThat(objects.kept()).isEmpty();
        }
    }

    /** The name of a part says what it is: a file needs no file name, and an option may have one. */
    @Test
    void takesAFileWithoutANameAndAnOptionWithOne() {
        var upload = read(part("kind\"; filename=\"blob", "companies") + part("file", "siret,name\n1,a\n"));

        assertThat(upload.options().kind()).isEqualTo("companies");
        assertThat(upload.fileName()).isEqualTo("file");
    }

    @Test
    void refusesAMappingThatIsTooLargeForAnEvent() {
        var mapping = part("mapping", "{\"Nom\": \"name\"" + " ".repeat(4096) + "}");

        assertThat(errors(KIND + mapping + FILE, null))
                .containsExactly(new FieldError("mapping", "must have at most 4096 characters, has 4111"));
        assertThat(objects.kept()).isEmpty();
    }

    @Test
    void namesMissingPartsAndStoresNothing() {
        assertThat(errors(part("dry_run", "true"), null))
                .extracting(FieldError::field)
                .containsExactly("kind", "file");
        assertThat(errors(FILE, null)).extracting(FieldError::field).containsExactly("kind");
        assertThat(errors(KIND + FILE + FILE, null)).containsExactly(new FieldError("file", "must be sent once"));
        assertThat(objects.kept()).isEmpty();
    }

    @Test
    void storesNothingOfAFileThatIsTooLargeOrIncomplete() {
        assertThat(read(KIND + file("x".repeat(MAX_BYTES))).file().size()).isEqualTo(MAX_BYTES);
        objects.kept().clear();

        var tooLarge = refusal(KIND + file("x".repeat(MAX_BYTES + 1)) + "--X--", null);
        assertThat(tooLarge.status()).isEqualTo(413);
        assertThat(tooLarge.detail()).contains("2000 bytes", "SLUICE_IMPORT_MAX_BYTES");
        assertThat(refusal(KIND + file("x".repeat(MAX_BYTES / 2)).strip(), null).status())
                .isEqualTo(400);
        assertThat(refusal(KIND + FILE, null).status()).as("no last boundary").isEqualTo(400);
        assertThat(objects.kept()).isEmpty();
    }

    @Test
    void refusesAFileThatIsNoSpreadsheetBeforeItIsStored() {
        assertThat(refusal(KIND + file("%PDF-1.7 ...") + "--X--", null)).satisfies(refused -> {
            assertThat(refused.code()).isEqualTo("NOT_A_SPREADSHEET");
            assertThat(refused.detail()).startsWith("The file is a PDF; export");
            assertThat(Objects.requireNonNull(refused.errors()).getFirst().field())
                    .isEqualTo("file");
        });
        assertThat(refusal(KIND + file("") + "--X--", null).code()).isEqualTo("EMPTY_FILE");
        assertThat(objects.uploads()).isZero();
    }

    private StoredUpload read(String body) {
        return upload(body, null);
    }

    private StoredUpload upload(String body, @Nullable String kind) {
        return readWhole(body + "--X--", kind);
    }

    private StoredUpload readWhole(String body, @Nullable String kind) {
        var bytes = new ByteArrayInputStream(body.getBytes(UTF_8));
        var form = StreamedForm.of(
                MediaType.of("multipart/form-data; boundary=X"),
                bytes,
                FileFormUpload.fields(FormLimits.ofBody(1 << 20)));
        return new FileFormUpload(fields, files, kind).read(form, "1", MAX_BYTES);
    }

    private List<FieldError> errors(String body, @Nullable String kind) {
        return Objects.requireNonNull(refusal(body + "--X--", kind).errors());
    }

    private Problem refusal(String body, @Nullable String kind) {
        return catchThrowableOfType(ProblemException.class, () -> readWhole(body, kind))
                .problem();
    }

    private static String part(String name, String value) {
        return "--X\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static String file(String content) {
        return "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n" + content + "\r\n";
    }
}
