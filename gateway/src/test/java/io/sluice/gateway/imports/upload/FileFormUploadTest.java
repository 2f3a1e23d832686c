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
import org.junit.jupiter.params.provider.ValueSource;

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
        var wanted = new ImportOptions("companies", Map.of("Nom", "name"), true, false, "S 1");

        assertThat(read(KIND + FILE + options + part("sheet", "S 1")).options()).isEqualTo(wanted);
        assertThat(read(options + part("sheet", "S 1") + FILE + KIND).options()).isEqualTo(wanted);
        assertThat(objects.kept().values()).containsExactly("siret,name\n1,a\n".getBytes(UTF_8));
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
        "file, not a file, must be a file",
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

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "C:\\", "\u0001"})
    void givesANameToAFileThatHasNone(String name) {
        assertThat(FileName.of(name)).isEqualTo("file");
        assertThat(FileName.of(name + "a b.csv")).isEqualTo("a b.csv");
    }

    private StoredUpload read(String body) {
        return upload(body, null);
    }

    private StoredUpload upload(String body, @Nullable String kind) {
        return readWhole(body + "--X--", kind);
    }

    private StoredUpload readWhole(String body, @Nullable String kind) {
        var bytes = new ByteArrayInputStream(body.getBytes(UTF_8));
        var form = StreamedForm.of(MediaType.of("multipart/form-data; boundary=X"), bytes, FormLimits.ofBody(1 << 20));
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
