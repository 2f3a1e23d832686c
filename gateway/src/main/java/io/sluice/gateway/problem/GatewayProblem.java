package io.sluice.gateway.problem;

import io.micronaut.http.HttpStatus;
import io.sluice.web.problem.ProblemKind;

/** Why the gateway refuses a call, whatever the call is about. Codes are contract. */
public enum GatewayProblem implements ProblemKind {
    /** The Idempotency-Key is not 1 to 255 printable ASCII characters. Mend the client. */
    IDEMPOTENCY_KEY_INVALID(HttpStatus.BAD_REQUEST, "The idempotency key is not one"),
    /** The first call with this Idempotency-Key is being answered. Send again in a moment. */
    IDEMPOTENCY_KEY_IN_USE(HttpStatus.CONFLICT, "The idempotency key is in use"),
    /** The Idempotency-Key came with another content before. Use a key for one request only. */
    IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_ENTITY, "The idempotency key was used before"),
    /** No such job, or it ended so long ago that it is forgotten. */
    JOB_NOT_FOUND(HttpStatus.NOT_FOUND, "Job not found"),
    /** Whether there is such a job cannot be told: the gateway is still reading the jobs. Send again in a moment. */
    JOBS_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Jobs are not at hand"),
    /** Kafka did not take the event in time, so the request was not accepted. Look at the brokers; send again. */
    KAFKA_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Kafka is not available"),
    /** The object store did not take or give the file. Look at the store; send again. */
    OBJECT_STORE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The object store is not available"),
    /** Postgres did not answer. Look at the database; send again. */
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
