package io.sluice.gateway.product;

import io.micronaut.http.HttpRequest;
import io.sluice.gateway.idempotency.IdempotencyKey;
import io.sluice.gateway.image.ImageGuard;
import io.sluice.gateway.image.ImageShelf;
import io.sluice.gateway.problem.FieldErrors;
import io.sluice.gateway.product.ProductIntake.Accepted;
import io.sluice.gateway.upload.SubmissionReader;
import jakarta.inject.Singleton;

/** From a request's body to an accepted change: read, judge, store the picture, take in. Nothing is kept of a body that is refused. */
@Singleton
final class ProductIndexing {
    /** Twenty thousand percent-escaped characters and the largest metadata fit. */
    private static final long MAX_BODY = 2 * 1024 * 1024;

    private static final byte[] NO_PICTURE = {};

    private final SubmissionReader bodies;
    private final ProductFields fields;
    private final ImageGuard guard;
    private final ImageShelf shelf;
    private final RepeatableIntake intake;

    ProductIndexing(
            SubmissionReader bodies,
            ProductFields fields,
            ImageGuard guard,
            ImageShelf shelf,
            RepeatableIntake intake) {
        this.bodies = bodies;
        this.fields = fields;
        this.guard = guard;
        this.shelf = shelf;
        this.intake = intake;
    }

    /** Takes in a product without a picture. */
    Accepted accept(HttpRequest<?> request) {
        var key = IdempotencyKey.of(request.getHeaders(), "index-product");
        var submission = bodies.read(request, MAX_BODY);
        var errors = new FieldErrors();
        var draft = fields.read(submission, errors);
        errors.throwIfAny();
        return ProductIntake.await(
                intake.save(key.map(IdempotencyKey::jobId), draft, NO_PICTURE, () -> draft.with(null)));
    }

    /** Takes in a product with its picture, which is stored first. */
    Accepted acceptWithImage(HttpRequest<?> request) {
        var key = IdempotencyKey.of(request.getHeaders(), "index-product-with-image");
        var submission = bodies.read(request, ImageGuard.MAX_BODY);
        var errors = new FieldErrors();
        var draft = fields.read(submission, errors);
        var image = guard.require(submission, errors);
        return ProductIntake.await(intake.save(
                key.map(IdempotencyKey::jobId), draft, image.bytes(), () -> draft.with(shelf.store(image))));
    }
}
