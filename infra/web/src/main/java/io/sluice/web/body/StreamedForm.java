package io.sluice.web.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.http.MediaType;
import io.sluice.web.problem.FieldError;
import io.sluice.web.problem.Problem;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.WebProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code multipart/form-data} body part by part while it arrives. It holds one buffer of a file, or one text,
 * in memory at a time. For one thread.
 */
public final class StreamedForm {
    /** Most bytes of a body that are in memory at once, apart from the bytes that the caller keeps. */
    public static final int MEMORY = 96 * 1024;

    private static final int BUFFER = 64 * 1024;
    /** RFC 2046 allows 70 characters. A long boundary makes the search for it slow at every byte of the body. */
    private static final int MAX_BOUNDARY = 200;

    private static final String BOUNDARY = "boundary";

    private final MultipartInput body;
    private final FormLimits limits;
    private int parts;
    private boolean ended;
    /** The part being read. At the start it is the text before the first part, which is skipped like an unread part. */
    private InputStream open;

    private StreamedForm(MultipartInput body, FormLimits limits) {
        this.body = body;
        this.limits = limits;
        this.open = body.newInputStream();
    }

    /**
     * Starts to read a form.
     *
     * @param type the content type of the body, with its boundary
     * @param body the caller closes it, and enforces {@link FormLimits#bodyBytes}
     * @throws ProblemException when the type has no boundary, or one that is too long
     */
    public static StreamedForm of(MediaType type, InputStream body, FormLimits limits) {
        var boundary = boundary(type);
        if (boundary.isEmpty()) {
            throw malformed("The Content-Type has no boundary.", null);
        }
        if (boundary.length() > MAX_BOUNDARY) {
            throw malformed("The boundary of the multipart form is too long.", null);
        }
        // A boundary follows a line break. The line break added here lets the parser find the first boundary too.
        var lines = new SequenceInputStream(new ByteArrayInputStream("\r\n".getBytes(US_ASCII)), body);
        try {
            var input = MultipartInput.builder()
                    .setInputStream(lines)
                    .setBoundary(boundary.getBytes(ISO_8859_1))
                    .setBufferSize(BUFFER)
                    .setMaxPartHeaderSize(limits.headerBytes())
                    .get();
            input.setHeaderCharset(UTF_8);
            return new StreamedForm(input, limits);
        } catch (IOException | IllegalArgumentException e) {
            throw malformed("The boundary of the multipart form is not valid.", e);
        }
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
        try {
            open.close(); // skips the unread rest of the part
            ended = ended || !body.readBoundary();
            if (ended) {
                return null;
            }
            parts++;
            if (parts > limits.parts()) {
                throw malformed("The form has more than " + limits.parts() + " parts.", null);
            }
            return part(PartHeaders.of(body.readHeaders()));
        } catch (IOException e) {
            throw brokenOff(e);
        }
    }

    /** {@return the problem of a body that ends too early or is not a multipart form} */
    static ProblemException brokenOff(IOException cause) {
        return malformed(
                "The body is not a complete multipart form with the boundary that the Content-Type names.", cause);
    }

    private FormPart part(PartHeaders headers) throws IOException {
        var name = headers.name();
        var fileName = headers.fileName();
        open = body.newInputStream();
        return fileName == null
                ? new FormPart.Text(name, text(headers, open))
                : new FormPart.File(name, fileName, atMost(limits.fileBytes(), name, open));
    }

    private String text(PartHeaders headers, InputStream bytes) throws IOException {
        var charset = headers.textCharset();
        return UrlEncodedForm.strictly(
                atMost(limits.textBytes(), headers.name(), bytes).readAllBytes(), charset);
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
