package io.sluice.gateway.product.image;

import io.micronaut.http.HttpStatus;
import io.sluice.web.problem.ProblemKind;

/** Reasons why a product's picture cannot be served. Codes are contract. */
public enum ProductImageProblem implements ProblemKind {
    /** The product has no image, or the object store does not have it. In the second case send the product again. */
    IMAGE_NOT_FOUND(HttpStatus.NOT_FOUND, "Image not found"),
    /**
     * The bytes in the object store are not those that the gateway stored. Find out which program writes to the bucket;
     * send the product again.
     */
    IMAGE_CORRUPT(HttpStatus.NOT_FOUND, "The stored image is damaged");

    private final HttpStatus status;
    private final String title;

    ProductImageProblem(HttpStatus status, String title) {
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
