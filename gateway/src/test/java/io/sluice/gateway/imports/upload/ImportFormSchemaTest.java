package io.sluice.gateway.imports.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micronaut.http.MediaType;
import io.sluice.fakes.InMemoryObjects;
import io.sluice.gateway.docs.DocumentedForm;
import io.sluice.gateway.imports.kind.KindLookup;
import io.sluice.gateway.shelf.ObjectShelf;
import io.sluice.imports.kind.ImportKinds;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.stores.imports.ImportConfig;
import io.sluice.web.body.FormLimits;
import io.sluice.web.body.StreamedForm;
import io.sluice.web.problem.FieldError;
import io.sluice.web.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The described form of an import is used by the OpenAPI document only. This test checks it against the reading code.
 */
class ImportFormSchemaTest {
    private static final DocumentedForm FORM = DocumentedForm.of("ImportForm");

    @Test
    void requiresTheFieldsThatTheCodeRequires() {
        assertThat(refused("").stream().map(FieldError::field)).containsExactlyInAnyOrderElementsOf(FORM.required());
    }

    @Test
    void namesEveryFieldThatIsRead() {
        var wrong = Map.of(
                "file", "",
                "kind", "nothing",
                "mapping", "[]",
                "dry_run", "perhaps",
                "create_categories", "perhaps",
                "sheet", "x".repeat(256),
                "encoding", "utf-9",
                "keep_damaged", "perhaps");
        var body = new StringBuilder();
        wrong.forEach((field, value) -> body.append(value.isEmpty() ? "" : part(field, value)));

        assertThat(wrong.keySet()).isEqualTo(FORM.fields().keySet());
        assertThat(refused(body.toString()).stream().map(FieldError::field).distinct())
                .containsExactlyInAnyOrderElementsOf(FORM.fields().keySet());
    }

    @Test
    void namesTheFieldsThatARefusalOfAnUnknownFieldNames() {
        var unknown = refused(part("colour", "red") + part("kind", "companies")).getFirst();

        assertThat(unknown.field()).isEqualTo("colour");
        assertThat(unknown.message().replaceAll(".*the parts are ", "").split(", | and ", -1))
                .containsExactlyInAnyOrderElementsOf(FORM.fields().keySet());
    }

    private static List<FieldError> refused(String parts) {
        var fields = new ImportOptionsReader(new KindLookup(ImportKinds.load(Optional.empty())), new JsonCodec());
        var files = new ImportFileStorage(new ObjectShelf(new InMemoryObjects()), ImportConfig.ofDefaults());
        var body = new ByteArrayInputStream((parts + "--X--").getBytes(UTF_8));
        var form = StreamedForm.of(
                MediaType.of("multipart/form-data; boundary=X"),
                body,
                FileFormUpload.fields(FormLimits.ofBody(1 << 20)));
        var thrown = catchThrowableOfType(
                ProblemException.class, () -> new FileFormUpload(fields, files, null).read(form, "1", 1 << 20));
        return Objects.requireNonNull(thrown.problem().errors());
    }

    private static String part(String name, String value) {
        return "--X\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }
}
