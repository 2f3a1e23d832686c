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
    /** No job has this id, or it ended more than 30 days ago. */
    JOB_NOT_FOUND(HttpStatus.NOT_FOUND, "Job not found"),
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
