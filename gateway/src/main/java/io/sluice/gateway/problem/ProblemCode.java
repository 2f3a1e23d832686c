package io.sluice.gateway.problem;

import io.micronaut.http.HttpStatus;

/** Why the gateway refuses a call. Codes are contract: they stand in the {@code code} of problem details. */
public enum ProblemCode {
    /** The body is not what its content type says. Mend the client. */
    MALFORMED_BODY(HttpStatus.BAD_REQUEST, "The body cannot be read"),
    /** The request itself makes no sense as HTTP. Mend the client. */
    MALFORMED_REQUEST(HttpStatus.BAD_REQUEST, "The request cannot be read"),
    /** The Idempotency-Key is not 1 to 255 printable ASCII characters. Mend the client. */
    IDEMPOTENCY_KEY_INVALID(HttpStatus.BAD_REQUEST, "The idempotency key is not one"),
    /** The first call with this Idempotency-Key is being answered. Send again in a moment. */
    IDEMPOTENCY_KEY_IN_USE(HttpStatus.CONFLICT, "The idempotency key is in use"),
    /** The Idempotency-Key came with another content before. Use a key for one request only. */
    IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_ENTITY, "The idempotency key was used before"),
    /** No such path. */
    ROUTE_NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing at this path"),
    /** No such product, or it was deleted, or it has not reached the ledger yet. */
    PRODUCT_NOT_FOUND(HttpStatus.NOT_FOUND, "Product not found"),
    /** The product has no image. */
    IMAGE_NOT_FOUND(HttpStatus.NOT_FOUND, "Image not found"),
    /** The object store has other bytes than were stored. Look for who writes to the bucket; send the product again. */
    IMAGE_CORRUPT(HttpStatus.NOT_FOUND, "The stored image is damaged"),
    /** No such job, or it ended so long ago that it is forgotten. */
    JOB_NOT_FOUND(HttpStatus.NOT_FOUND, "Job not found"),
    /** No such import. */
    IMPORT_NOT_FOUND(HttpStatus.NOT_FOUND, "Import not found"),
    /** No such kind of imports; {@code GET /api/v1/import-kinds} lists them. */
    IMPORT_KIND_NOT_FOUND(HttpStatus.NOT_FOUND, "Import kind not found"),
    /** The import is over, so it cannot be canceled. Mend the file and send it again. */
    IMPORT_OVER(HttpStatus.CONFLICT, "The import is over"),
    /** The file is none that rows can be read from, as its first bytes tell. Save it as CSV or XLSX. */
    NOT_A_SPREADSHEET(HttpStatus.UNPROCESSABLE_ENTITY, "The file is not a spreadsheet"),
    /** The file has no bytes. */
    EMPTY_FILE(HttpStatus.UNPROCESSABLE_ENTITY, "The file is empty"),
    /** This caller sent as many imports within a minute as {@code SLUICE_IMPORTS_PER_MINUTE} lets in. Send again later. */
    TOO_MANY_IMPORTS_A_MINUTE(HttpStatus.TOO_MANY_REQUESTS, "Too many imports within a minute"),
    /** As many imports are open as {@code SLUICE_IMPORTS_AT_ONCE} lets in. Send again when one is over. */
    TOO_MANY_IMPORTS_AT_ONCE(HttpStatus.TOO_MANY_REQUESTS, "Too many imports at once"),
    /** The path is there, the method is not. */
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "Method not allowed"),
    /** The caller accepts only formats that are not spoken here. */
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "Not acceptable"),
    /** The body is too large to look at. */
    BODY_TOO_LARGE(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "The body is too large"),
    /** The body's content type is not one of those taken in. */
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Content type not supported"),
    /** Fields are missing or wrong; {@code errors} names each. */
    VALIDATION_FAILED(HttpStatus.UNPROCESSABLE_ENTITY, "Some fields are not valid"),
    /** No whole item of a bulk call, or not all of a file, came in time. Send it again; what has nothing to send should end. */
    BODY_TOO_SLOW(HttpStatus.REQUEST_TIMEOUT, "The body came too slowly"),
    /** Any other refusal by the HTTP server. */
    REQUEST_REFUSED(HttpStatus.BAD_REQUEST, "The request was refused"),
    /** A defect of ours; the log has it. */
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong here"),
    /** More bytes are being uploaded than there is memory for. Send again a little later. */
    TOO_BUSY(HttpStatus.SERVICE_UNAVAILABLE, "Too many uploads at once"),
    /** Kafka did not take the event in time, so the request was not accepted. Look at the brokers; send again. */
    KAFKA_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Kafka is not available"),
    /** Whether there is such a job cannot be told: the gateway is still reading the jobs. Send again in a moment. */
    JOBS_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Jobs are not at hand"),
    /** The object store did not take or give the file. Look at the store; send again. */
    OBJECT_STORE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The object store is not available"),
    /** Postgres did not answer. Look at the database; send again. */
    LEDGER_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The ledger is not available"),
    /** The embedder did not turn the query into a vector. Look at the embedder; send again. */
    EMBEDDER_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The embedder is not available"),
    /** The embedder refuses the query; a picture of it cannot be decoded. */
    QUERY_REFUSED(HttpStatus.UNPROCESSABLE_ENTITY, "The query was refused"),
    /** Qdrant did not answer. Look at Qdrant; send again. */
    VECTOR_STORE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The vector store is not available");

    private final HttpStatus status;
    private final String title;

    ProblemCode(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    /** {@return the status it is answered with} */
    public HttpStatus status() {
        return status;
    }

    /** {@return what it is called, for people; the same for every occurrence} */
    public String title() {
        return title;
    }
}
