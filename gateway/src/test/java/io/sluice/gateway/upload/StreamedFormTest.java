package io.sluice.gateway.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.http.MediaType;
import io.sluice.gateway.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamedFormTest {
    private static final MediaType TYPE = MediaType.of("multipart/form-data; boundary=X");
    private static final String FORM = """
            --X\r
            Content-Disposition: form-data; name="kind"\r
            \r
            entités\r
            --X\r
            content-disposition: form-data; name="file"; filename="été, \\"1\\".csv"\r
            Content-Type: text/csv\r
            \r
            a;b\r
            --Ya\r
            \r
            --X\r
            Content-Disposition: form-data; name=empty; filename=""\r
            \r
            \r
            --X--\r
            """;

    @Test
    void givesThePartsInTheirOrder() throws IOException {
        var form = form(FORM);

        assertThat(form.next()).isEqualTo(new FormPart.Text("kind", "entités"));
        assertThat(form.next()).isInstanceOfSatisfying(FormPart.File.class, file -> {
            assertThat(file.name()).isEqualTo("file");
            assertThat(file.fileName()).startsWith("été, ").endsWith(".csv");
            assertThat(file.bytes()).hasContent("a;b\r\n--Ya\r\n");
        });
        assertThat(form.next())
                .isInstanceOfSatisfying(
                        FormPart.File.class, file -> assertThat(file.fileName()).isEmpty());
        assertThat(form.next()).isNull();
    }

    @Test
    void passesOverWhatIsNotRead() {
        var form = form(FORM);
        var names = new ArrayList<String>();
        for (var part = form.next(); part != null; part = form.next()) {
            names.add(part.name());
        }

        assertThat(names).isEqualTo(List.of("kind", "file", "empty"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "--Y\r\n",
                "--X",
                "--X\r\n",
                "--X\r\nContent-Disposition: form-data\r\n\r\na\r\n--X--"
            })
    void refusesWhatIsNoForm(String body) {
        assertThatThrownBy(() -> readAll(form(body))).satisfies(StreamedFormTest::isMalformed);
    }

    @Test
    void refusesAFormThatIsCutShortAnywhere() {
        for (int length = 0; length < FORM.length() - 4; length++) {
            var cut = FORM.substring(0, length);
            assertThatThrownBy(() -> readAll(form(cut))).as(cut).satisfies(StreamedFormTest::isMalformed);
        }
    }

    @Test
    void refusesAFormWithoutABoundaryAndOneOfManyPartsAndEndlessHeaders() {
        assertThatThrownBy(() ->
                        StreamedForm.of(MediaType.MULTIPART_FORM_DATA_TYPE, new ByteArrayInputStream(new byte[0])))
                .satisfies(StreamedFormTest::isMalformed);
        var part = "--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n";
        assertThatThrownBy(() -> readAll(form(part.repeat(StreamedForm.MAX_PARTS + 1) + "--X--")))
                .satisfies(StreamedFormTest::isMalformed);
        assertThatThrownBy(() -> readAll(form("--X\r\nA: " + "b".repeat(5_000) + "\r\n\r\n--X--")))
                .satisfies(StreamedFormTest::isMalformed);
    }

    @Test
    void refusesATextThatIsTooLong() {
        var part = "--X\r\nContent-Disposition: form-data; name=\"mapping\"\r\n\r\n"
                + "1".repeat(StreamedForm.MAX_TEXT + 1);
        assertThatThrownBy(() -> readAll(form(part + "\r\n--X--")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("BODY_TOO_LARGE"));
    }

    private static void isMalformed(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("MALFORMED_BODY"));
    }

    private static void readAll(StreamedForm form) {
        var part = form.next();
        while (part != null) {
            part = form.next();
        }
    }

    private static StreamedForm form(String body) {
        return StreamedForm.of(TYPE, new ByteArrayInputStream(body.getBytes(UTF_8)));
    }
}
