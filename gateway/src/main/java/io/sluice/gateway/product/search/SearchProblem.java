package io.sluice.gateway.product.search;

import io.micronaut.http.HttpStatus;
import io.sluice.web.problem.ProblemKind;

/** Reasons why a search is refused. Codes are contract. */
public enum SearchProblem implements ProblemKind {
    /** The embedder did not turn the query into a vector. Check the embedder; send again. */
    EMBEDDER_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The embedder is not available"),
    /**
     * The embedder refused the query without a reason. A picture that it cannot decode has the code of its refusal
     * instead.
     */
    QUERY_REFUSED(HttpStatus.UNPROCESSABLE_ENTITY, "The query was refused"),
    /** Qdrant did not answer. Check Qdrant; send again. */
    VECTOR_STORE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The vector store is not available");

    private final HttpStatus status;
    private final String title;

    SearchProblem(HttpStatus status, String title) {
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
