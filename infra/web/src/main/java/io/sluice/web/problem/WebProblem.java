package io.sluice.web.problem;

import io.micronaut.http.HttpStatus;

/**
 * Reasons why any of our HTTP servers refuses a call. The names are contract: callers read them as the {@code code} of
 * problem details.
 */
public enum WebProblem implements ProblemKind {
    /** The body does not match its content type. Correct the client. */
    MALFORMED_BODY(HttpStatus.BAD_REQUEST, "The body cannot be read"),
    /** The HTTP server cannot read the request, such as its URL or its headers. Correct the client. */
    MALFORMED_REQUEST(HttpStatus.BAD_REQUEST, "The request cannot be read"),
    /** Fields are missing or invalid; {@code errors} names each. Correct the request. */
    VALIDATION_FAILED(HttpStatus.UNPROCESSABLE_ENTITY, "Some fields are not valid"),
    /** The server has no such path. Correct the URL. */
    ROUTE_NOT_FOUND(HttpStatus.NOT_FOUND, "No such path"),
    /** The path exists, but does not accept this method. Correct the method. */
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "Method not allowed"),
    /** The server has none of the formats that the caller accepts. Correct the {@code Accept} header. */
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "Not acceptable"),
    /** The body, or one part of it, is larger than the limit. Send less. */
    BODY_TOO_LARGE(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "The body is too large"),
    /**
     * A complete item of a bulk call, or a complete file, did not arrive in time. Send it again. A client that has
     * nothing more to send must end the body.
     */
    BODY_TOO_SLOW(HttpStatus.REQUEST_TIMEOUT, "The body came too slowly"),
    /** The call does not accept the content type of the body. Correct the client. */
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Content type not supported"),
    /** The file has no such part; {@code Content-Range} says how long it is. Ask for a part that it has. */
    RANGE_NOT_SATISFIABLE(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "The file has no such part"),
    /** The HTTP server refused the request for another reason. */
    REQUEST_REFUSED(HttpStatus.BAD_REQUEST, "The request was refused"),
    /** A defect of the server. Read its log. */
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error"),
    /**
     * The calls under way use all the memory for uploads or for downloads, or every turn to check a password, or the server is stopping.
     * Send again a little later.
     */
    TOO_BUSY(HttpStatus.SERVICE_UNAVAILABLE, "Too many calls at once");

    private final HttpStatus status;
    private final String title;

    WebProblem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
