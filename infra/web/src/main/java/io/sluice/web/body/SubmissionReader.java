package io.sluice.web.body;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.WebProblem;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/**
 * Reads a request body completely into memory. The reader counts the bytes while they arrive and refuses the body at
 * the first byte over the limit. It never writes to disk.
 */
@Singleton
public final class SubmissionReader {
    /** While a part is assembled, its bytes are in memory twice. */
    private static final int COPIES = 2;

    private final BodyMemory memory;
    private final JsonBody json;

    SubmissionReader(BodyMemory memory, JsonBody json) {
        this.memory = memory;
        this.json = json;
    }

    /**
     * Reads the body, blocking, and passes it to {@code use}. The reader takes the memory of the body before it
     * reads the first byte, and gives it back when {@code use} returns.
     *
     * @param use must not keep any part of the body, because other requests get its memory afterwards
     * @throws ProblemException when the body exceeds the limits, has an unsupported content type or is malformed, or
     *     when there is no room in time
     */
    public <T> T read(HttpRequest<?> request, FormLimits limits, Function<Submission, T> use) {
        var type = request.getContentType().orElseThrow(SubmissionReader::unsupported);
        var announced = request.getContentLength();
        if (announced > limits.bodyBytes()) {
            throw tooLarge(limits);
        }
        try (var _ = memory.take(COPIES * (announced < 0 ? limits.bodyBytes() : announced))) {
            return use.apply(parse(type, request, limits));
        }
    }

    private Submission parse(MediaType type, HttpRequest<?> request, FormLimits limits) {
        try (var body = limited(stream(request), limits)) {
            return switch (type.getName()) {
                case MediaType.APPLICATION_JSON -> json.parse(body.readAllBytes(), "body");
                case MediaType.APPLICATION_FORM_URLENCODED -> UrlEncodedForm.parse(body.readAllBytes());
                case MediaType.MULTIPART_FORM_DATA -> multipart(type, body, limits);
                default -> throw unsupported();
            };
        } catch (IOException e) {
            throw endedTooEarly(e);
        }
    }

    /** {@return the problem of a body that could not be read to its end} */
    public static ProblemException endedTooEarly(IOException cause) {
        return new ProblemException(WebProblem.MALFORMED_BODY, "The body ended too early.", cause);
    }

    /** Returns all fields and files of a multipart form. When one field has several files, the last one wins. */
    static Submission multipart(MediaType type, InputStream body, FormLimits limits) throws IOException {
        var fields = new LinkedHashMap<String, List<JsonNode>>();
        var files = new HashMap<String, UploadedFile>();
        var form = StreamedForm.of(type, body, limits);
        for (var part = form.next(); part != null; part = form.next()) {
            switch (part) {
                case FormPart.File(var name, var _, var bytes) -> files.put(name, new UploadedFile(bytes(bytes)));
                case FormPart.Text(var name, var value) ->
                    fields.computeIfAbsent(name, field -> new ArrayList<>()).add(TextNode.valueOf(value));
            }
        }
        body.transferTo(
                OutputStream.nullOutputStream()); // bytes after the form are ignored, but count towards the limit
        return new Submission(fields, files);
    }

    private static byte[] bytes(InputStream file) {
        try {
            return file.readAllBytes();
        } catch (IOException e) {
            throw StreamedForm.brokenOff(e);
        }
    }

    private static InputStream limited(InputStream body, FormLimits limits) {
        return new CountedBytes(body, count -> {
            if (count > limits.bodyBytes()) {
                throw tooLarge(limits);
            }
        });
    }

    /** Returns the body as a stream, without a limit. The caller closes it, which drops the unread rest. */
    public static InputStream stream(HttpRequest<?> request) {
        if (!(request instanceof ServerHttpRequest<?> server)) {
            throw new IllegalStateException("not a request that the HTTP server received: " + request.getClass());
        }
        return server.byteBody().toInputStream();
    }

    private static ProblemException tooLarge(FormLimits limits) {
        return new ProblemException(
                WebProblem.BODY_TOO_LARGE,
                "The body is larger than the " + limits.bodyBytes() + " bytes that this call accepts.");
    }

    private static ProblemException unsupported() {
        return new ProblemException(
                WebProblem.UNSUPPORTED_MEDIA_TYPE,
                "Send multipart/form-data, application/x-www-form-urlencoded or application/json.");
    }
}
