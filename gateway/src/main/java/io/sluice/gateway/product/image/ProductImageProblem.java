package io.sluice.gateway.product.image;

import io.micronaut.http.HttpStatus;
import io.sluice.web.problem.ProblemKind;

/** Why a product's picture is not shown. Codes are contract. */
public enum ProductImageProblem implements ProblemKind {
    /** The product has no image. */
    IMAGE_NOT_FOUND(HttpStatus.NOT_FOUND, "Image not found"),
    /** The object store has other bytes than were stored. Look for who writes to the bucket; send the product again. */
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
