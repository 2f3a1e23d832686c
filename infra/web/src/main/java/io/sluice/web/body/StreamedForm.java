package io.sluice.web.body;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.http.MediaType;
import io.sluice.web.problem.FieldError;
import io.sluice.web.problem.Problem;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.WebProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code multipart/form-data} body part by part while it arrives. It holds one buffer of a file, or one text,
 * in memory at a time. For one thread.
 */
public final class StreamedForm {
    /** Most bytes of a body that are in memory at once, apart from the bytes that the caller keeps. */
    public static final int MEMORY = 96 * 1024;

    /** RFC 2046 allows 70 characters. */
    private static final int MAX_BOUNDARY = 200;

    private static final String BOUNDARY = "boundary";

    private final MultipartReader body;
    private final BodyFields fields;
    private Charset charset;
    private int parts;
    /** Where the reader is, for the refusal of a body that is not whole. */
    private String place = "";

    private boolean ended;
    /** The part being read. At the start it is the text before the first part, which is skipped like an unread part. */
    private InputStream open;

    private StreamedForm(MultipartReader body, BodyFields fields, Charset charset) {
        this.body = body;
        this.fields = fields;
        this.charset = charset;
        this.open = body.content();
    }

    /**
     * Starts to read a form.
     *
     * @param type the content type of the body, with its boundary
     * @param body the caller closes it, and enforces {@link FormLimits#bodyBytes}
     * @param fields the fields that the call takes
     * @throws ProblemException when the type has no boundary, or one that is too long
     */
    public static StreamedForm of(MediaType type, InputStream body, BodyFields fields) {
        var boundary = boundary(type);
        if (boundary.isEmpty()) {
            throw malformed("The Content-Type has no boundary.", null);
        }
        if (boundary.length() > MAX_BOUNDARY) {
            throw malformed("The boundary of the multipart form is too long.", null);
        }
        return new StreamedForm(
                new MultipartReader(body, boundary, fields.limits().headerBytes()),
                fields,
                TextCharset.of(type).orElse(UTF_8));
    }

    private static String boundary(MediaType type) {
        return type.getParametersMap().entrySet().stream()
                .filter(parameter ->
                        BOUNDARY.equals(parameter.getKey().toString().toLowerCase(Locale.ROOT)))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /**
     * {@return the next part; null after the last one}
     *
     * @throws ProblemException when the body is not a multipart form, ends too early, or exceeds a limit
     */
    public @Nullable FormPart next() {
        var part = read();
        while (part instanceof FormPart.Text(var name, var value) && name.equals(TextCharset.FIELD)) {
            useCharset(value);
            part = read();
        }
        return part;
    }

    private @Nullable FormPart read() {
        try {
            open.close(); // skips the unread rest of the part
            ended = ended || !body.next();
            if (ended) {
                return null;
            }
            parts++;
            place = "before part " + parts;
            if (parts > fields.limits().parts()) {
                throw malformed("The form has more than " + fields.limits().parts() + " parts.", null);
            }
            return part(PartHeaders.of(body.headers()));
        } catch (MultipartReader.HeadersTooLongException e) {
            throw malformed("The headers of part " + parts + " are too long.", e);
        } catch (IOException e) {
            throw brokenOff(e);
        }
    }

    /** A form may name the charset of its texts in a text before them. */
    private void useCharset(String name) {
        if (!name.isBlank()) {
            charset = TextCharset.named(name, TextCharset.FIELD);
        }
    }

    /** {@return the problem of a body that ends too early or is not a multipart form} */
    ProblemException brokenOff(IOException cause) {
        return malformed(
                place.isEmpty()
                        ? "The body does not have the boundary that the Content-Type names."
                        : "The multipart form is not complete: it breaks off " + place + ".",
                cause);
    }

    private FormPart part(PartHeaders headers) throws IOException {
        var name = headers.name();
        place = "in the part " + name;
        open = body.content();
        if (fields.files().contains(name)) {
            var fileName = Objects.requireNonNullElse(headers.fileName(), "");
            return new FormPart.File(name, fileName, atMost(fields.limits().fileBytes(), name, open));
        }
        return fields.take(name) || name.equals(TextCharset.FIELD)
                ? new FormPart.Text(name, text(headers, open))
                : new FormPart.Other(name, headers.fileName() != null);
    }

    private String text(PartHeaders headers, InputStream bytes) throws IOException {
        var name = headers.name();
        return TextCharset.decode(
                atMost(fields.limits().textBytes(), name, bytes).readAllBytes(), headers.textCharset(charset), name);
    }

    private static InputStream atMost(long max, String name, InputStream bytes) {
        return new CountedBytes(bytes, count -> requireAtMost(max, count, name));
    }

    private static void requireAtMost(long max, long count, String name) {
        if (count > max) {
            var message = "must have at most " + max + " bytes";
            throw new ProblemException(Problem.of(WebProblem.BODY_TOO_LARGE, name + " " + message)
                    .withErrors(List.of(new FieldError(name, message))));
        }
    }

    private static ProblemException malformed(String detail, @Nullable Throwable cause) {
        return new ProblemException(Problem.of(WebProblem.MALFORMED_BODY, detail), cause);
    }
}
