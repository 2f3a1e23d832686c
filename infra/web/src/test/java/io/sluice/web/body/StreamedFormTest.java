package io.sluice.web.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.http.MediaType;
import io.sluice.web.problem.FieldError;
import io.sluice.web.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamedFormTest {
    private static final MediaType TYPE = MediaType.of("multipart/form-data; boundary=X");
    private static final FormLimits LIMITS = FormLimits.ofBody(1 << 20);
    static final BodyFields FIELDS = within(LIMITS);
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
    void givesThePartsInOrder() throws IOException {
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

    /** As a browser sends a Blob, and as RFC 7578 allows a file. */
    @Test
    void theNameOfAPartSaysWhetherItIsATextOrAFile() throws IOException {
        var form = form(part("name=\"a\"; filename=\"blob\"\r\nContent-Type: application/json", "{\"color\":1}")
                + part("name=\"f\"\r\nContent-Type: image/png", "\u00ff")
                + part("name=\"colour\"; filename=\"x\"", "y")
                + "--X--");

        assertThat(form.next()).isEqualTo(new FormPart.Text("a", "{\"color\":1}"));
        assertThat(form.next()).isInstanceOfSatisfying(FormPart.File.class, file -> {
            assertThat(file.fileName()).isEmpty();
            assertThat(file.bytes()).hasContent("\u00ff");
        });
        assertThat(form.next()).isEqualTo(new FormPart.Other("colour", true));
        assertThat(form.next()).isNull();
    }

    @Test
    void takesTheFileNameOfAnEncodedParameter() {
        var form = form(part("name=\"f\"; filename=\"t.png\"; filename*=UTF-8''%C3%A9t%C3%A9.png", "1") + "--X--");

        assertThat(form.next())
                .isInstanceOfSatisfying(
                        FormPart.File.class, file -> assertThat(file.fileName()).isEqualTo("été.png"));
    }

    @Test
    void readsTextsInTheCharsetThatTheFormNames() {
        var text = part("name=\"a\"", "caf\u00e9") + "--X--";
        var named = (part("name=\"_charset_\"", "windows-1252") + text).getBytes(ISO_8859_1);

        assertThat(form(new ByteArrayInputStream(named), FIELDS).next()).isEqualTo(new FormPart.Text("a", "café"));
        assertThatThrownBy(() -> readAll(form(new ByteArrayInputStream(text.getBytes(ISO_8859_1)), FIELDS)))
                .satisfies(StreamedFormTest::isMalformed)
                .hasMessageContaining("The text of a is not UTF-8");
        assertThatThrownBy(() -> readAll(form(part("name=\"_charset_\"", "klingon"))))
                .satisfies(StreamedFormTest::isMalformed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"base64", "quoted-printable", "BASE64"})
    void refusesAPartThatIsEncodedAsInMail(String encoding) {
        var body = part("name=\"f\"; filename=\"x\"\r\nContent-Transfer-Encoding: " + encoding, "YQ==") + "--X--";

        assertThatThrownBy(() -> readAll(form(body))).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().code()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
            assertThat(refused.problem().detail()).contains("part f", "Content-Transfer-Encoding");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'--Y\r\n'| does not have the boundary",
                "''| does not have the boundary",
                "'--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1'| breaks off in the part a",
                "'--X\r\nContent-Disp'| breaks off before part 1",
            })
    void saysWhereAFormBreaksOff(String body, String reason) {
        var sent = body.replace("\\r\\n", "\r\n");

        assertThatThrownBy(() -> readAll(form(sent))).hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7bit", "8bit", "Binary"})
    void readsAPartWhoseTransferEncodingChangesNothing(String encoding) {
        var body = part("name=\"a\"\r\nContent-Transfer-Encoding: " + encoding, "1") + "--X--";

        assertThat(form(body).next()).isEqualTo(new FormPart.Text("a", "1"));
    }

    @Test
    void skipsPartsThatAreNotRead() {
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
                "--X\r\nContent-Disposition: form-data\r\n\r\na\r\n--X--",
                "--X\r\nContent-Disposition: form-data; filename=\"a.csv\"\r\n\r\na\r\n--X--",
                "--X\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\na\r\n--X--",
                "--X\r\n\r\na\r\n--X--",
                "--X\r\nContent-Disposition: form-data; name=\"f\"; filename=\"=?UTF-8?B?YQ=?=\"\r\n\r\na\r\n--X--",
                "--X\r\nContent-Disposition: form-data; name=\"=?UTF-8?B?A?=\"\r\n\r\na\r\n--X--",
                "text --X--"
            })
    void refusesABodyThatIsNotAForm(String body) {
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
    void refusesAMissingBoundaryAndTooManyPartsAndEndlessHeaders() {
        assertThatThrownBy(() -> StreamedForm.of(
                        MediaType.MULTIPART_FORM_DATA_TYPE, new ByteArrayInputStream(new byte[0]), FIELDS))
                .satisfies(StreamedFormTest::isMalformed);
        var part = "--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n";
        assertThatThrownBy(() -> readAll(form(part.repeat(LIMITS.parts() + 1) + "--X--")))
                .satisfies(StreamedFormTest::isMalformed);
        assertThatThrownBy(() -> readAll(form("--X\r\nA: " + "b".repeat(5_000) + "\r\n\r\n--X--")))
                .satisfies(StreamedFormTest::isMalformed);
    }

    @Test
    void refusesATextThatIsTooLong() {
        var part =
                "--X\r\nContent-Disposition: form-data; name=\"mapping\"\r\n\r\n" + "1".repeat(LIMITS.textBytes() + 1);
        assertThatThrownBy(() -> readAll(form(part + "\r\n--X--")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("BODY_TOO_LARGE"));
    }

    @Test
    void readsAsManyPartsAsItsLimitAllows() {
        var hundred = part("name=\"files\"; filename=\"a.jpg\"", "1").repeat(100) + "--X--";

        assertThatThrownBy(() -> readAll(form(hundred))).satisfies(StreamedFormTest::isMalformed);
        var form = form(hundred, LIMITS.withParts(100));
        for (int i = 0; i < 100; i++) {
            assertThat(form.next()).isInstanceOf(FormPart.File.class);
        }
        assertThat(form.next()).isNull();
        assertThat(form.next()).as("asked once more").isNull();
    }

    @Test
    void limitsTextsFilesAndHeaders() throws IOException {
        var text = part("name=\"a\"", "12345") + "--X--";
        assertThat(form(text, LIMITS.withTextBytes(5)).next()).isEqualTo(new FormPart.Text("a", "12345"));
        assertThatThrownBy(() -> form(text, LIMITS.withTextBytes(4)).next())
                .satisfies(thrown -> isTooLarge(thrown, "a"));

        var file = part("name=\"f\"; filename=\"\"", "12345") + "--X--";
        assertThat(file(form(file, fileBytes(5))).readAllBytes()).hasSize(5);
        assertThatThrownBy(() -> file(form(file, fileBytes(4))).readAllBytes())
                .satisfies(thrown -> isTooLarge(thrown, "f"));

        var headers = part("name=\"a\"\r\nX-More: " + "y".repeat(5_000), "1") + "--X--";
        assertThatThrownBy(() -> form(headers).next()).satisfies(StreamedFormTest::isMalformed);
        assertThat(form(headers, headerBytes(6_000)).next()).isEqualTo(new FormPart.Text("a", "1"));
    }

    private static FormLimits fileBytes(long most) {
        return new FormLimits(LIMITS.bodyBytes(), LIMITS.parts(), LIMITS.textBytes(), most, LIMITS.headerBytes());
    }

    private static FormLimits headerBytes(int most) {
        return new FormLimits(LIMITS.bodyBytes(), LIMITS.parts(), LIMITS.textBytes(), LIMITS.fileBytes(), most);
    }

    @Test
    void readsAFormWithoutPartsAndSkipsTheTextAroundAForm() {
        assertThat(form("--X--").next()).isNull();
        assertThat(form("\r\n--X--\r\n").next()).isNull();
        var around = form("before\r\n" + part("name=\"a\"", "1") + "--X--\r\nbehind");
        assertThat(around.next()).isEqualTo(new FormPart.Text("a", "1"));
        assertThat(around.next()).isNull();
    }

    static InputStream file(StreamedForm form) {
        return form.next() instanceof FormPart.File file ? file.bytes() : InputStream.nullInputStream();
    }

    private static void isTooLarge(Throwable thrown, String field) {
        assertThat(thrown).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().code()).isEqualTo("BODY_TOO_LARGE");
            assertThat(refused.problem().errors()).extracting(FieldError::field).containsExactly(field);
        });
    }

    static void isMalformed(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("MALFORMED_BODY"));
    }

    static void readAll(StreamedForm form) {
        var part = form.next();
        while (part != null) {
            part = form.next();
        }
    }

    static StreamedForm form(String body) {
        return form(body, FIELDS);
    }

    private static StreamedForm form(String body, FormLimits limits) {
        return form(body, within(limits));
    }

    private static StreamedForm form(String body, BodyFields fields) {
        return form(new ByteArrayInputStream(body.getBytes(UTF_8)), fields);
    }

    static StreamedForm form(InputStream body, BodyFields fields) {
        return StreamedForm.of(TYPE, body, fields);
    }

    private static BodyFields within(FormLimits limits) {
        return BodyFields.ofTexts(limits, "kind", "mapping", "a", "b").withFiles("file", "files", "f", "empty");
    }

    static String part(String disposition, String content) {
        return "--X\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
    }
}
