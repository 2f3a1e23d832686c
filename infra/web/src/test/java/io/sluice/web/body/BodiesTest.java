package io.sluice.web.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.micronaut.http.MediaType;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.event.InvalidEventException;
import io.sluice.web.problem.FieldError;
import io.sluice.web.problem.FieldErrors;
import io.sluice.web.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The three formats in which a caller can send the same fields. */
class BodiesTest {
    private static final MediaType MULTIPART = MediaType.of("multipart/form-data; boundary=b");
    private static final BodyFields FIELDS = BodyFields.ofTexts(
                    FormLimits.ofBody(1 << 20).withParts(100), "a", "b")
            .withFiles("f");

    private final JsonBody json = new JsonBody(new JsonCodec());

    @Test
    void readsAForm() {
        var form = urlEncoded("a=1+2&b=%C3%A9%3D&b=;&c=", UTF_8);

        assertThat(form.text("a")).isEqualTo("1 2");
        assertThat(form.texts("b")).containsExactly("é=", ";");
        assertThat(form.text("c")).isEmpty();
        assertThat(form.text("d")).isNull();
    }

    @Test
    void refusesABrokenForm() {
        for (var form : List.of("a=%zz", "a=%", "a=1%2", "a=%+1", "a=%e9", "%e9=a", "_charset_=klingon&a=1")) {
            malformed(() -> urlEncoded(form, UTF_8));
        }
        malformed(() -> urlEncoded("a=é", ISO_8859_1));
        malformed(() -> urlEncoded("a=1&".repeat(101), UTF_8));
    }

    @Test
    void readsAFormInTheCharsetThatItNames() {
        var latin = "name=caf%E9&b=\u00e9".getBytes(ISO_8859_1);

        var byType = UrlEncodedForm.parse(latin, Optional.of(ISO_8859_1));
        assertThat(byType.text("name")).isEqualTo("café");
        assertThat(byType.text("b")).isEqualTo("é");
        assertThat(urlEncoded("name=caf%E9&_charset_=windows-1252", UTF_8).fields())
                .isEqualTo(Map.of("name", List.of(TextNode.valueOf("café"))));
        assertThatThrownBy(() -> urlEncoded("name=caf%E9", UTF_8))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        thrown -> assertThat(thrown.problem().detail()).contains("name is not UTF-8", "Content-Type"));
    }

    /** An oracle: Java's own decoder, which is lenient, agrees on every form that this one takes. */
    @Test
    void readsAnyFormAsJavaDoes() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.appendCodePoint(
                        random.nextBoolean()
                                ? random.nextInt(' ', 0x7F)
                                : random.nextInt(0xA0, Character.MIN_SURROGATE));
            }
            var escaped = URLEncoder.encode(text.toString(), UTF_8);

            assertThat(urlEncoded("a=" + escaped, UTF_8).text("a"))
                    .as("seed %d", seed)
                    .isEqualTo(text.toString());
        }
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
                part("name=\"b\"", "2", UTF_8),
                part("name=\"f\"; filename=\"x\"", "file", UTF_8));
        for (int first = 0; first < parts.size(); first++) {
            var form = multipart(
                    parts.get(first) + parts.get((first + 1) % parts.size()) + parts.get((first + 2) % parts.size()));

            assertThat(form.text("a")).isEqualTo("1");
            assertThat(form.fields()).containsOnlyKeys("a", "b");
            assertThat(form.file("f")).get().extracting(UploadedFile::bytes).isEqualTo("file".getBytes(UTF_8));
        }
    }

    @Test
    void namesEveryPartThatTheCallDoesNotTake() {
        var errors = new FieldErrors();
        var form = multipart(
                part("name=\"offset\"", "1", UTF_8)
                        + part("name=\"a\"", "1", UTF_8)
                        + part("name=\"g\"; filename=\"x\"", "file", UTF_8)
                        + part("name=\"offset\"", "2", UTF_8),
                errors);

        assertThat(form.fields()).containsOnlyKeys("a");
        assertThatThrownBy(errors::throwIfAny)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().errors())
                                .containsExactly(
                                        new FieldError("offset", "is not a field of this call; it takes a, b, f"),
                                        new FieldError("g", "is not a field of this call; it takes a, b, f")));
    }

    @Test
    void keepsEveryTextOfOneNameAndRefusesASecondFile() {
        var errors = new FieldErrors();
        var form = multipart(
                part("name=\"a\"", "1", UTF_8)
                        + part("name=\"f\"; filename=\"x\"", "one", UTF_8)
                        + part("name=\"a\"", "2", UTF_8)
                        + part("name=\"f\"; filename=\"x\"", "two", UTF_8),
                errors);

        assertThat(form.texts("a")).containsExactly("1", "2");
        assertThatThrownBy(errors::throwIfAny).hasMessageContaining("f must be sent once");
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
                multipart(bytes, new FieldErrors());
            } catch (ProblemException e) {
                assertThat(e.problem().status()).as("seed 7, round %d", i).isIn(400, 415);
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

    private static Submission urlEncoded(String form, Charset sentIn) {
        return UrlEncodedForm.parse(form.getBytes(sentIn), Optional.empty());
    }

    private static Submission multipart(String parts) {
        var errors = new FieldErrors();
        var form = multipart(parts, errors);
        errors.throwIfAny();
        return form;
    }

    private static Submission multipart(String parts, FieldErrors errors) {
        return multipart((parts + "--b--\r\n").getBytes(ISO_8859_1), errors);
    }

    private static Submission multipart(byte[] body, FieldErrors errors) {
        try {
            return SubmissionReader.multipart(MULTIPART, new ByteArrayInputStream(body), FIELDS, errors);
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
