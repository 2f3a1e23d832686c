package io.sluice.web.problem;

import io.micronaut.http.HttpStatus;

/** Why any HTTP server of ours refuses a call. Codes are contract: they stand in the {@code code} of problem details. */
public enum WebProblem implements ProblemKind {
    /** The body is not what its content type says. Mend the client. */
    MALFORMED_BODY(HttpStatus.BAD_REQUEST, "The body cannot be read"),
    /** The request itself makes no sense as HTTP. Mend the client. */
    MALFORMED_REQUEST(HttpStatus.BAD_REQUEST, "The request cannot be read"),
    /** Fields are missing or wrong; {@code errors} names each. */
    VALIDATION_FAILED(HttpStatus.UNPROCESSABLE_ENTITY, "Some fields are not valid"),
    /** No such path. */
    ROUTE_NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing at this path"),
    /** The path is there, the method is not. */
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "Method not allowed"),
    /** The caller accepts only formats that are not spoken here. */
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "Not acceptable"),
    /** The body is too large to look at. */
    BODY_TOO_LARGE(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "The body is too large"),
    /** No whole item of a bulk call, or not all of a file, came in time. Send it again; what has nothing to send should end. */
    BODY_TOO_SLOW(HttpStatus.REQUEST_TIMEOUT, "The body came too slowly"),
    /** The body's content type is not one of those taken in. */
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Content type not supported"),
    /** Any other refusal by the HTTP server. */
    REQUEST_REFUSED(HttpStatus.BAD_REQUEST, "The request was refused"),
    /** A defect of ours; the log has it. */
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong here"),
    /** More bytes are being uploaded than there is memory for. Send again a little later. */
    TOO_BUSY(HttpStatus.SERVICE_UNAVAILABLE, "Too many uploads at once");

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
