package io.sluice.gateway.upload;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.sluice.gateway.problem.ProblemCode;
import io.sluice.gateway.problem.ProblemException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/**
 * Reads request bodies. A body is counted while it streams in and refused at the first byte over the limit; nothing of it
 * ever touches a disk.
 */
@Singleton
public final class SubmissionReader {
    /** A body and its parts are held at once, and later a part and what the object store's client makes of it. */
    private static final int COPIES = 2;

    private final UploadBudget budget;
    private final JsonBody json;

    SubmissionReader(UploadBudget budget, JsonBody json) {
        this.budget = budget;
        this.json = json;
    }

    /**
     * Reads the body, blocking, and has it used.
     *
     * @param maxBytes of the whole body
     * @param use what the body is read for; nothing of it may be kept afterwards, because its memory is given to others
     * @throws ProblemException when it is too large, of another content type, or not what it says
     */
    public <T> T read(HttpRequest<?> request, long maxBytes, Function<Submission, T> use) {
        var type = request.getContentType().orElseThrow(SubmissionReader::unsupported);
        var announced = request.getContentLength();
        if (announced > maxBytes) {
            throw tooLarge(maxBytes);
        }
        try (var _ = budget.take(COPIES * (announced < 0 ? maxBytes : announced))) {
            return use.apply(parse(type, bytes(request, maxBytes)));
        }
    }

    private Submission parse(MediaType type, byte[] body) {
        return switch (type.getName()) {
            case MediaType.APPLICATION_JSON -> json.parse(body, "body");
            case MediaType.APPLICATION_FORM_URLENCODED -> FormBody.parse(body);
            case MediaType.MULTIPART_FORM_DATA -> MultipartBody.parse(type.toString(), body);
            default -> throw unsupported();
        };
    }

    /** {@return the body as it comes in, unlimited; to be closed by the caller, who then drops the rest of it} */
    public static InputStream stream(HttpRequest<?> request) {
        if (!(request instanceof ServerHttpRequest<?> server)) {
            throw new IllegalStateException("not a request of the server: " + request.getClass());
        }
        return server.byteBody().toInputStream();
    }

    private static byte[] bytes(HttpRequest<?> request, long maxBytes) {
        try (InputStream in = stream(request)) {
            var bytes = in.readNBytes(Math.toIntExact(maxBytes + 1));
            if (bytes.length > maxBytes) {
                throw tooLarge(maxBytes);
            }
            return bytes;
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.MALFORMED_BODY, "The body ended before its time.", e);
        }
    }

    private static ProblemException tooLarge(long maxBytes) {
        return new ProblemException(
                ProblemCode.BODY_TOO_LARGE, "The body has more than the " + maxBytes + " bytes this call takes.");
    }

    private static ProblemException unsupported() {
        return new ProblemException(
                ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                "Send multipart/form-data, application/x-www-form-urlencoded or application/json.");
    }
}
