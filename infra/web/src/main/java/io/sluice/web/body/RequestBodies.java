package io.sluice.web.body;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.ServerHttpRequest;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Opens request bodies. Every body is read through here: it must arrive in time, and is decoded. */
@Singleton
public final class RequestBodies {
    private final BodyPace pace;

    /** @param pace how fast a body must arrive */
    public RequestBodies(BodyPace pace) {
        this.pace = pace;
    }

    /**
     * {@return the body as a stream, without a limit of its length} The caller closes it, which drops the unread rest.
     * Reading throws a {@link ProblemException} when the body is too slow or damaged.
     *
     * @throws ProblemException when the server does not know the encoding of the body
     */
    public InputStream open(HttpRequest<?> request) {
        return open(request, pace);
    }

    /**
     * As {@link #open(HttpRequest)}, with another time for the whole body.
     *
     * @param setting the name of the setting of that time
     */
    public InputStream open(HttpRequest<?> request, Duration within, String setting) {
        return open(request, pace.within(within, setting));
    }

    private static InputStream open(HttpRequest<?> request, BodyPace pace) {
        if (!(request instanceof ServerHttpRequest<?> server)) {
            throw new IllegalStateException("not a request that the HTTP server received: " + request.getClass());
        }
        var encoding = encoding(request);
        return DecodedBody.of(
                encoding == null ? "" : encoding,
                new PacedBody(server.byteBody().toInputStream(), pace));
    }

    /** {@return the length of the decoded body; -1 when the headers do not say it} */
    public static long lengthOf(HttpRequest<?> request) {
        return encoding(request) == null ? request.getContentLength() : -1;
    }

    private static @Nullable String encoding(HttpRequest<?> request) {
        return request.getHeaders().get(HttpHeaders.CONTENT_ENCODING);
    }
}
