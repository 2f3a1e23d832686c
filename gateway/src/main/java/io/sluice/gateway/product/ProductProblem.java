package io.sluice.gateway.product;

import io.micronaut.http.HttpStatus;
import io.sluice.web.problem.ProblemKind;

/** Reasons why a call about a product is refused. Codes are contract. */
public enum ProductProblem implements ProblemKind {
    /** No such product, or it was deleted, or it has not reached the ledger yet. */
    PRODUCT_NOT_FOUND(HttpStatus.NOT_FOUND, "Product not found");

    private final HttpStatus status;
    private final String title;

    ProductProblem(HttpStatus status, String title) {
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
