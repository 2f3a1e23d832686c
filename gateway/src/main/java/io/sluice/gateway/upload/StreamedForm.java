package io.sluice.gateway.upload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.http.MediaType;
import io.sluice.gateway.problem.FieldError;
import io.sluice.gateway.problem.Problem;
import io.sluice.gateway.problem.ProblemCode;
import io.sluice.gateway.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.core.ParameterParser;
import org.jspecify.annotations.Nullable;

/**
 * A body of {@code multipart/form-data} that is read part by part as it comes. Of a file only a buffer is held; of the rest
 * one short text at a time. For one thread.
 */
public final class StreamedForm {
    /** Most parts of a form. */
    public static final int MAX_PARTS = 20;

    /** Most bytes of a text. */
    public static final int MAX_TEXT = 16 * 1024;

    /** What is held of a body, besides what its reader keeps. */
    public static final int MEMORY = 96 * 1024;

    private static final int BUFFER = 64 * 1024;
    private static final int MAX_PART_HEADERS = 4 * 1024;
    private static final String DISPOSITION = "content-disposition:";

    private final MultipartInput body;
    private int parts;
    private InputStream open = InputStream.nullInputStream();

    private StreamedForm(MultipartInput body) {
        this.body = body;
    }

    /**
     * Begins to read a form.
     *
     * @param type of the body, with its boundary
     * @param body not closed
     * @throws ProblemException when the type names no boundary
     */
    public static StreamedForm of(MediaType type, InputStream body) {
        var boundary = type.getParameters().get("boundary").orElse("");
        if (boundary.isEmpty()) {
            throw malformed("The Content-Type names no boundary.", null);
        }
        try {
            var input = MultipartInput.builder()
                    .setInputStream(body)
                    .setBoundary(boundary.getBytes(ISO_8859_1))
                    .setBufferSize(BUFFER)
                    .setMaxPartHeaderSize(MAX_PART_HEADERS)
                    .get();
            input.setHeaderCharset(UTF_8);
            return new StreamedForm(input);
        } catch (IOException | IllegalArgumentException e) {
            throw malformed("The boundary of the multipart form is not one.", e);
        }
    }

    /**
     * {@return the next part; null behind the last}
     *
     * @throws ProblemException when the body is no such form, or breaks off
     */
    public @Nullable FormPart next() {
        try {
            open.close(); // passes over what was not read
            if (!(parts == 0 ? body.skipPreamble() : body.readBoundary())) {
                return end();
            }
            parts++;
            if (parts > MAX_PARTS) {
                throw malformed("The form has more than " + MAX_PARTS + " parts.", null);
            }
            return part(disposition(body.readHeaders()));
        } catch (IOException e) {
            throw brokenOff(e);
        }
    }

    /** {@return the problem of a body that cannot be read to its end} */
    public static ProblemException brokenOff(IOException cause) {
        return malformed("The body is not a multipart form that is whole and has its boundary.", cause);
    }

    private @Nullable FormPart end() {
        if (parts == 0) {
            throw malformed("The body is not a multipart form with its boundary.", null);
        }
        return null;
    }

    private FormPart part(Map<String, String> disposition) throws IOException {
        var name = disposition.get("name");
        if (name == null || !disposition.containsKey("form-data")) {
            throw malformed("A part of the form says no name.", null);
        }
        var fileName = disposition.get("filename");
        open = body.newInputStream();
        return disposition.containsKey("filename")
                ? new FormPart.File(name, Objects.requireNonNullElse(fileName, ""), open)
                : new FormPart.Text(name, text(name, open));
    }

    private static String text(String name, InputStream bytes) throws IOException {
        var text = bytes.readNBytes(MAX_TEXT + 1);
        if (text.length > MAX_TEXT) {
            var message = "must have at most " + MAX_TEXT + " bytes";
            throw new ProblemException(Problem.of(ProblemCode.BODY_TOO_LARGE, name + " " + message)
                    .withErrors(List.of(new FieldError(name, message))));
        }
        return FormBody.strictly(text, UTF_8);
    }

    private static Map<String, String> disposition(String headers) {
        for (var line : headers.lines().toList()) {
            if (line.toLowerCase(Locale.ROOT).startsWith(DISPOSITION)) {
                var parser = new ParameterParser();
                parser.setLowerCaseNames(true);
                return parser.parse(line.substring(DISPOSITION.length()), ';');
            }
        }
        return Map.of();
    }

    private static ProblemException malformed(String detail, @Nullable Throwable cause) {
        return new ProblemException(Problem.of(ProblemCode.MALFORMED_BODY, detail), cause);
    }
}
