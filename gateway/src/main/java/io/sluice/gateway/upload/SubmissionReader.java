package io.sluice.gateway.upload;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.sluice.gateway.GatewayConfig;
import io.sluice.gateway.problem.ProblemCode;
import io.sluice.gateway.problem.ProblemException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Reads request bodies. A body is counted while it streams in and refused at the first byte over the limit; nothing of it
 * ever touches a disk.
 */
@Singleton
public final class SubmissionReader {
    private final UploadBudget budget;
    private final JsonBody json;

    SubmissionReader(GatewayConfig config, JsonBody json) {
        this.budget = new UploadBudget(config.uploadMemory(), config.uploadPatience());
        this.json = json;
    }

    /**
     * Reads the body, blocking.
     *
     * @param maxBytes of the whole body
     * @throws ProblemException when it is too large, of another content type, or not what it says
     */
    public Submission read(HttpRequest<?> request, long maxBytes) {
        var type = request.getContentType().orElseThrow(SubmissionReader::unsupported);
        var announced = request.getContentLength();
        if (announced > maxBytes) {
            throw tooLarge(maxBytes);
        }
        try (var _ = budget.take(announced < 0 ? maxBytes : announced)) {
            return parse(type, bytes(request, maxBytes));
        }
    }

    private Submission parse(MediaType type, byte[] body) {
        return switch (type.getName()) {
            case MediaType.APPLICATION_JSON -> json.parse(body);
            case MediaType.APPLICATION_FORM_URLENCODED -> FormBody.parse(body);
            case MediaType.MULTIPART_FORM_DATA -> MultipartBody.parse(type.toString(), body);
            default -> throw unsupported();
        };
    }

    private static byte[] bytes(HttpRequest<?> request, long maxBytes) {
        if (!(request instanceof ServerHttpRequest<?> server)) {
            throw new IllegalStateException("not a request of the server: " + request.getClass());
        }
        try (InputStream in = server.byteBody().toInputStream()) {
            var bytes = in.readNBytes(Math.toIntExact(maxBytes + 1));
            if (bytes.length > maxBytes) {
                throw tooLarge(maxBytes);
            }
            return bytes;
        } catch (IOException e) {
            throw metServersLimit(e)
                    ? tooLarge(maxBytes)
                    : new ProblemException(ProblemCode.MALFORMED_BODY, "The body ended before its time.", e);
        }
    }

    /** The server counts too, and in larger steps than we read. */
    private static boolean metServersLimit(IOException thrown) {
        return Stream.<Throwable>iterate(thrown, Objects::nonNull, Throwable::getCause)
                .anyMatch(ContentLengthExceededException.class::isInstance);
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
