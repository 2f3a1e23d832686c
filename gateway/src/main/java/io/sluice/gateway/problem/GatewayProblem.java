package io.sluice.gateway.problem;

import io.micronaut.http.HttpStatus;
import io.sluice.web.problem.ProblemKind;

/** Reasons why the gateway refuses a call, independent of the call's subject. Codes are contract. */
public enum GatewayProblem implements ProblemKind {
    /** The Idempotency-Key is not 1 to 255 printable ASCII characters. Correct the client. */
    IDEMPOTENCY_KEY_INVALID(HttpStatus.BAD_REQUEST, "The idempotency key is not valid"),
    /** The first call with this Idempotency-Key is still being answered. Send again in a moment. */
    IDEMPOTENCY_KEY_IN_USE(HttpStatus.CONFLICT, "The idempotency key is in use"),
    /** The Idempotency-Key was sent with another content before. Use a new key for each request. */
    IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_ENTITY, "The idempotency key was used before"),
    /** The call needs an account, or the token is not valid. Sign in, or use an API key. */
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "Sign in first"),
    /** The account's role does not permit the call. Ask an admin. */
    FORBIDDEN(HttpStatus.FORBIDDEN, "Not permitted"),
    /** The request is for another host than this gateway. Add the host's name to {@code SLUICE_HOSTS}. */
    FOREIGN_HOST(HttpStatus.FORBIDDEN, "The host is not this gateway"),
    /** A page of another origin made a browser send the request. Send a token, or call from elsewhere. */
    CROSS_ORIGIN(HttpStatus.FORBIDDEN, "The request comes from another origin"),
    /** This deployment does not look for faces. An operator turns them on with {@code SLUICE_FACES=on}. */
    FACES_OFF(HttpStatus.CONFLICT, "Faces are off"),
    /** No job has this id, or it ended more than 30 days ago. */
    JOB_NOT_FOUND(HttpStatus.NOT_FOUND, "Job not found"),
    /** The job has ended, so it cannot be stopped. */
    JOB_OVER(HttpStatus.CONFLICT, "The job has ended"),
    /** Jobs of this kind cannot be stopped; the detail names the kinds that can. Let the job end. */
    JOB_NOT_CANCELABLE(HttpStatus.CONFLICT, "The job cannot be stopped"),
    /** The caller has reached a limit on calls per minute; the detail names its setting. Send again later. */
    RATE_LIMITED(HttpStatus.TOO_MANY_REQUESTS, "Too many calls within a minute"),
    /** The gateway is still reading the jobs, so it does not know whether the job exists. Send again in a moment. */
    JOBS_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Jobs are not available yet"),
    /** Kafka did not store the event in time, so the request was not accepted. Check the brokers; send again. */
    KAFKA_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Kafka is not available"),
    /** The object store did not store or return the file. Check the store; send again. */
    OBJECT_STORE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The object store is not available"),
    /** Postgres did not answer. Check the database; send again. */
    LEDGER_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The ledger is not available");

    private final HttpStatus status;
    private final String title;

    GatewayProblem(HttpStatus status, String title) {
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
