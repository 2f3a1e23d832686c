package io.sluice.web.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.http.MediaType;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.event.InvalidEventException;
import io.sluice.web.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The three formats in which a caller can send the same fields. */
class BodiesTest {
    private static final MediaType MULTIPART = MediaType.of("multipart/form-data; boundary=b");
    private static final FormLimits LIMITS = FormLimits.ofBody(1 << 20).withParts(100);

    private final JsonBody json = new JsonBody(new JsonCodec());

    @Test
    void readsAForm() {
        var form = UrlEncodedForm.parse("a=1+2&b=%C3%A9%3D&b=;&c=".getBytes(UTF_8));

        assertThat(form.text("a")).isEqualTo("1 2");
        assertThat(form.texts("b")).containsExactly("é=", ";");
        assertThat(form.text("c")).isEmpty();
        assertThat(form.text("d")).isNull();
    }

    @Test
    void refusesABrokenForm() {
        malformed(() -> UrlEncodedForm.parse("a=%zz".getBytes(UTF_8)));
        malformed(() -> UrlEncodedForm.parse("a=é".getBytes(ISO_8859_1)));
    }

    @Test
    void readsAMultipartFormWithItsFiles() {
        var bytes = new byte[100_000];
        new Random(1).nextBytes(bytes);
        var form = multipart(
                part("name=\"a\"", "é", UTF_8) + part("name=\"f\"; filename=\"x\"", latin1(bytes), ISO_8859_1));

        assertThat(form.text("a")).isEqualTo("é");
        assertThat(form.file("f")).get().extracting(UploadedFile::bytes).isEqualTo(bytes);
        assertThat(form.file("a")).isEmpty();
    }

    @Test
    void readsATextInTheCharsetOfItsPart() {
        var disposition = "name=\"a\"\r\nContent-Type: text/plain; charset=ISO-8859-1";

        assertThat(multipart(part(disposition, "é", ISO_8859_1)).text("a")).isEqualTo("é");
    }

    @Test
    void refusesTextInACharsetThatIsNotKnown() {
        var disposition = "name=\"a\"\r\nContent-Type: text/plain; charset=klingon";

        malformed(() -> multipart(part(disposition, "a", UTF_8)));
    }

    @Test
    void readsTheSamePartsInAnyOrder() {
        var parts = List.of(
                part("name=\"a\"", "1", UTF_8),
                part("name=\"unknown\"", "kept for the handler", UTF_8),
                part("name=\"f\"; filename=\"x\"", "file", UTF_8));
        for (int first = 0; first < parts.size(); first++) {
            var form = multipart(
                    parts.get(first) + parts.get((first + 1) % parts.size()) + parts.get((first + 2) % parts.size()));

            assertThat(form.text("a")).isEqualTo("1");
            assertThat(form.fields()).containsOnlyKeys("a", "unknown");
            assertThat(form.file("f")).get().extracting(UploadedFile::bytes).isEqualTo("file".getBytes(UTF_8));
        }
    }

    @Test
    void keepsEveryTextAndTheLastFileOfOneName() {
        var form = multipart(part("name=\"a\"", "1", UTF_8)
                + part("name=\"a\"; filename=\"x\"", "one", UTF_8)
                + part("name=\"a\"", "2", UTF_8)
                + part("name=\"a\"; filename=\"x\"", "two", UTF_8));

        assertThat(form.texts("a")).containsExactly("1", "2");
        assertThat(form.file("a")).get().extracting(UploadedFile::bytes).isEqualTo("two".getBytes(UTF_8));
    }

    @Test
    void aFormWithoutPartsHasNoFields() {
        assertThat(multipart("").fields()).isEmpty();
    }

    @Test
    void refusesTextThatIsNotInItsCharset() {
        malformed(() -> multipart(part("name=\"a\"", "\u00e9", ISO_8859_1)));
    }

    @Test
    void refusesAFormOfTooManyParts() {
        malformed(() -> multipart(part("name=\"a\"", "x", UTF_8).repeat(200)));
    }

    @Test
    void survivesAnyBytesThatClaimToBeAMultipartForm() {
        var random = new Random(7);
        var whole = (part("name=\"a\"", "hello", UTF_8) + part("name=\"f\"; filename=\"x\"", "file", UTF_8)
                        + "--b--\r\n")
                .getBytes(ISO_8859_1);
        for (int i = 0; i < 3_000; i++) {
            var bytes = whole.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                multipart(bytes);
            } catch (ProblemException e) {
                assertThat(e.problem().status()).as("seed 7, round %d", i).isEqualTo(400);
            }
        }
    }

    @Test
    void readsAJsonObject() {
        var object = json.parse("{\"a\": \"1\", \"b\": 2, \"c\": null}".getBytes(UTF_8), "body");

        assertThat(object.text("a")).isEqualTo("1");
        assertThat(object.text("c")).isNull();
        assertThatThrownBy(() -> object.text("b"))
                .isInstanceOf(InvalidEventException.class)
                .hasMessage("b must be a string, is a number");
    }

    @Test
    void saysWhereJsonIsBroken() {
        assertThatThrownBy(() -> json.parse("{\n  \"a\": secret}".getBytes(UTF_8), "body"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        thrown -> assertThat(thrown.problem().detail())
                                .contains("line 2")
                                .doesNotContain("secret"));
    }

    @Test
    void refusesDeeplyNestedJson() {
        malformed(() -> json.parse(("{\"a\":" + "[".repeat(100_000)).getBytes(UTF_8), "body"));
    }

    private static void malformed(ThrowingCallable parsing) {
        assertThatThrownBy(parsing)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        thrown -> assertThat(thrown.problem().code()).isEqualTo("MALFORMED_BODY"));
    }

    private static Submission multipart(String parts) {
        return multipart((parts + "--b--\r\n").getBytes(ISO_8859_1));
    }

    private static Submission multipart(byte[] body) {
        try {
            return SubmissionReader.multipart(MULTIPART, new ByteArrayInputStream(body), LIMITS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each byte becomes one character, so that parts of different charsets can be joined in one text. */
    private static String part(String disposition, String value, Charset charset) {
        return "--b\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + latin1(value.getBytes(charset))
                + "\r\n";
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
