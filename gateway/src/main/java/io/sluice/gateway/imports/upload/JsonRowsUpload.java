package io.sluice.gateway.imports.upload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.sluice.web.body.Submission;
import io.sluice.web.body.TextCharset;
import io.sluice.web.problem.FieldErrors;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.WebProblem;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stores a body of JSON rows, unchanged, while it arrives.
 *
 * @param mediaType {@link #NDJSON} or {@code application/json}
 */
record JsonRowsUpload(String mediaType, ImportOptions options, ImportFileStorage files) {
    /** The media type of JSON with one object on each line. */
    static final String NDJSON = "application/x-ndjson";

    /** The name of the body in error messages. */
    static final String BODY = "body";

    private static final int BYTE_ORDER_MARK = 3;

    /**
     * {@return the upload of the request's body, which has not been read yet}
     *
     * @throws ProblemException when the content type is another one, or anything in the URL is invalid
     */
    static JsonRowsUpload of(HttpRequest<?> request, String kind, ImportOptionsReader fields, ImportFileStorage files) {
        fields.requireKind(kind);
        var type = request.getContentType().map(MediaType::getName).orElse("");
        if (!type.equals(NDJSON) && !type.equals(MediaType.APPLICATION_JSON)) {
            throw new ProblemException(
                    WebProblem.UNSUPPORTED_MEDIA_TYPE, "Send application/json or application/x-ndjson.");
        }
        TextCharset.requireUtf8(request.getContentType().orElse(null));
        var errors = new FieldErrors();
        var options = fields.read(sent(request, kind), errors);
        errors.throwIfAny();
        return new JsonRowsUpload(type, options, files);
    }

    private static Submission sent(HttpRequest<?> request, String kind) {
        var sent = new LinkedHashMap<String, List<JsonNode>>();
        sent.put(ImportOptionsReader.KIND, List.of(TextNode.valueOf(kind)));
        for (var option : List.of(
                ImportOptionsReader.DRY_RUN, ImportOptionsReader.CREATE_CATEGORIES, ImportOptionsReader.KEEP_DAMAGED)) {
            sent.put(
                    option,
                    request.getParameters().getAll(option).stream()
                            .<JsonNode>map(TextNode::valueOf)
                            .toList());
        }
        return new Submission(sent, Map.of());
    }

    /** Stores the body under this name. */
    StoredUpload read(InputStream body, String name, long atMost) {
        var file = files.store(name, BODY, body, atMost, this::checkStart);
        return new StoredUpload(options, file, mediaType.equals(NDJSON) ? "rows.ndjson" : "rows.json");
    }

    /** Checks the first character only; the importer checks the rows. */
    private String checkStart(byte[] first) {
        var isLines = mediaType.equals(NDJSON);
        for (int i = isMarked(first) ? BYTE_ORDER_MARK : 0; i < first.length; i++) {
            if (!isSpace(first[i])) {
                if (first[i] == (isLines ? '{' : '[')) {
                    return mediaType;
                }
                throw new ProblemException(
                        WebProblem.MALFORMED_BODY,
                        isLines ? "Each line must be a JSON object." : "The body must be a JSON array of objects.");
            }
        }
        return mediaType;
    }

    private static boolean isMarked(byte[] first) {
        return first.length >= BYTE_ORDER_MARK
                && first[0] == (byte) 0xEF
                && first[1] == (byte) 0xBB
                && first[2] == (byte) 0xBF;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
