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
 * Reads request bodies whose parts are used whole. A body is counted while it streams in and refused at the first byte over
 * the limit; nothing of it ever touches a disk.
 */
@Singleton
public final class SubmissionReader {
    /** A part is held twice while it is put together. */
    private static final int COPIES = 2;

    private final UploadBudget budget;
    private final JsonBody json;

    SubmissionReader(UploadBudget budget, JsonBody json) {
        this.budget = budget;
        this.json = json;
    }

    /**
     * Reads the body, blocking, and has it used. Its memory is taken out of the budget before the first byte is read, and
     * given back when the use is over.
     *
     * @param use what the body is read for; nothing of it may be kept afterwards, because its memory is given to others
     * @throws ProblemException when it is larger than the limits, of another content type, or not what it says
     */
    public <T> T read(HttpRequest<?> request, FormLimits limits, Function<Submission, T> use) {
        var type = request.getContentType().orElseThrow(SubmissionReader::unsupported);
        var announced = request.getContentLength();
        if (announced > limits.bodyBytes()) {
            throw tooLarge(limits);
        }
        try (var _ = budget.take(COPIES * (announced < 0 ? limits.bodyBytes() : announced))) {
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
            throw new ProblemException(WebProblem.MALFORMED_BODY, "The body ended before its time.", e);
        }
    }

    /** {@return all of a multipart form}; of several files in one field the last. */
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
        body.transferTo(OutputStream.nullOutputStream()); // what follows a form is ignored, and counts
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

    /** {@return the body as it comes in, unlimited; to be closed by the caller, who then drops the rest of it} */
    public static InputStream stream(HttpRequest<?> request) {
        if (!(request instanceof ServerHttpRequest<?> server)) {
            throw new IllegalStateException("not a request of the server: " + request.getClass());
        }
        return server.byteBody().toInputStream();
    }

    private static ProblemException tooLarge(FormLimits limits) {
        return new ProblemException(
                WebProblem.BODY_TOO_LARGE,
                "The body has more than the " + limits.bodyBytes() + " bytes this call takes.");
    }

    private static ProblemException unsupported() {
        return new ProblemException(
                WebProblem.UNSUPPORTED_MEDIA_TYPE,
                "Send multipart/form-data, application/x-www-form-urlencoded or application/json.");
    }
}
