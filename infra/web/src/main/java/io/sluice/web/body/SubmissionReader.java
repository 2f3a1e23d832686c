package io.sluice.web.body;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.sluice.web.problem.FieldErrors;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.WebProblem;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Reads a request body completely into memory. The reader counts the bytes while they arrive and refuses the body at
 * the first byte over the limit. It never writes to disk.
 */
@Singleton
public final class SubmissionReader {
    /** While a part is assembled, its bytes are in memory twice. */
    private static final int COPIES = 2;

    private final RequestBodies bodies;
    private final BodyMemory memory;
    private final JsonBody json;

    SubmissionReader(RequestBodies bodies, BodyMemory memory, JsonBody json) {
        this.bodies = bodies;
        this.memory = memory;
        this.json = json;
    }

    /**
     * Reads the body, blocking, and passes it to {@code use}. The reader takes the memory of the body as the bytes
     * arrive, and gives it back when {@code use} returns.
     *
     * @param fields the fields that the call takes; any other field is already among the errors that {@code use} gets
     * @param use must not keep any part of the body, because other requests get its memory afterwards. It ends the
     *     request when there are errors
     * @throws ProblemException when the body exceeds the limits, has an unsupported content type or is malformed,
     *     arrives too slowly, or when there is no room in time
     */
    public <T> T read(HttpRequest<?> request, BodyFields fields, BiFunction<Submission, FieldErrors, T> use) {
        var type = request.getContentType().orElseThrow(SubmissionReader::unsupported);
        var limits = fields.limits();
        var announced = RequestBodies.lengthOf(request);
        if (announced > limits.bodyBytes()) {
            throw tooLarge(limits);
        }
        try (var share = memory.open(COPIES * (announced < 0 ? limits.bodyBytes() : announced))) {
            var errors = new FieldErrors();
            return use.apply(parse(type, limited(bodies.open(request), limits, share), fields, errors), errors);
        }
    }

    private Submission parse(MediaType type, InputStream sent, BodyFields fields, FieldErrors errors) {
        try (var body = sent) {
            return switch (type.getName()) {
                case MediaType.APPLICATION_JSON -> {
                    TextCharset.requireUtf8(type);
                    yield known(json.parse(body.readAllBytes(), "body"), fields, errors);
                }
                case MediaType.APPLICATION_FORM_URLENCODED ->
                    known(UrlEncodedForm.parse(body.readAllBytes(), TextCharset.of(type)), fields, errors);
                case MediaType.MULTIPART_FORM_DATA -> multipart(type, body, fields, errors);
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

    private static Submission known(Submission submission, BodyFields fields, FieldErrors errors) {
        fields.refuseOthers(submission, errors);
        return submission;
    }

    /** Returns all fields and files of a multipart form. A file that is sent twice and unknown parts become errors. */
    static Submission multipart(MediaType type, InputStream body, BodyFields known, FieldErrors errors)
            throws IOException {
        var fields = new LinkedHashMap<String, List<JsonNode>>();
        var files = new HashMap<String, UploadedFile>();
        var others = new LinkedHashSet<String>();
        var form = StreamedForm.of(type, body, known);
        for (var part = form.next(); part != null; part = form.next()) {
            switch (part) {
                case FormPart.File(var name, var _, var _)
                when files.containsKey(name) -> errors.add(name, "must be sent once");
                case FormPart.File(var name, var _, var bytes) -> files.put(name, new UploadedFile(bytes(form, bytes)));
                case FormPart.Text(var name, var value) ->
                    fields.computeIfAbsent(name, field -> new ArrayList<>()).add(TextNode.valueOf(value));
                case FormPart.Other(var name, var _) -> others.add(name);
            }
        }
        others.forEach(name -> known.refuseOther(name, errors));
        body.transferTo(
                OutputStream.nullOutputStream()); // bytes after the form are ignored, but count towards the limit
        return new Submission(fields, files);
    }

    private static byte[] bytes(StreamedForm form, InputStream file) {
        try {
            return file.readAllBytes();
        } catch (IOException e) {
            throw form.brokenOff(e);
        }
    }

    private static InputStream limited(InputStream body, FormLimits limits, BodyMemory.Share share) {
        return new CountedBytes(body, count -> {
            if (count > limits.bodyBytes()) {
                throw tooLarge(limits);
            }
            share.growTo(COPIES * count);
        });
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
