package io.sluice.gateway.product;

import io.micronaut.http.HttpRequest;
import io.sluice.gateway.idempotency.IdempotencyKey;
import io.sluice.gateway.intake.Intake;
import io.sluice.gateway.principal.Principal;
import io.sluice.gateway.product.ProductFields.Draft;
import io.sluice.gateway.product.ProductIntake.Accepted;
import io.sluice.gateway.product.image.ImageField;
import io.sluice.gateway.product.image.ProductImages;
import io.sluice.web.body.FormLimits;
import io.sluice.web.body.Submission;
import io.sluice.web.body.SubmissionReader;
import io.sluice.web.problem.FieldErrors;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** From a request's body to an accepted change: read, judge, store the picture, take in. Nothing is kept of a body that is refused. */
@Singleton
public final class ProductIndexing {
    /** Twenty thousand percent-escaped characters and the largest metadata fit. */
    public static final int MAX_BODY = 2 * 1024 * 1024;

    private static final FormLimits FORM =
            FormLimits.ofBody(MAX_BODY).withParts(FormLimits.MANY_PARTS).withTextBytes(MAX_BODY);

    private static final String NOT_HERE = "is not taken here; send the product to /api/v1/index-product-with-image";

    static final byte[] NO_PICTURE = {};

    private final SubmissionReader bodies;
    private final ProductFields fields;
    private final ImageField picture;
    private final ProductImages images;
    private final RepeatableIntake intake;

    ProductIndexing(
            SubmissionReader bodies,
            ProductFields fields,
            ImageField picture,
            ProductImages images,
            RepeatableIntake intake) {
        this.bodies = bodies;
        this.fields = fields;
        this.picture = picture;
        this.images = images;
        this.intake = intake;
    }

    /** Takes in a product without a picture. */
    Accepted accept(HttpRequest<?> request) {
        var key = IdempotencyKey.of(Principal.of(request), request.getHeaders(), "index-product");
        return Intake.await(bodies.read(request, FORM, submission -> {
            var draft = draft(submission);
            return intake.save(key.map(IdempotencyKey::jobId), draft, NO_PICTURE, () -> draft.with(null));
        }));
    }

    /**
     * Takes in one product of many, without waiting.
     *
     * @param lines of the call when it has a key
     * @param line the product's number among them
     * @return its job's id, once it is accepted; fails with a {@link ProblemException}
     * @throws ProblemException when a field is wrong
     */
    public CompletableFuture<String> takeIn(Optional<KeyedLines> lines, long line, Submission submission) {
        var draft = draft(submission);
        var saved = lines.map(call -> intake.save(call, line, draft))
                .orElseGet(() -> intake.save(Optional.empty(), draft, NO_PICTURE, () -> draft.with(null)));
        return saved.thenApply(accepted -> {
            accepted.outcome().cancel(false);
            return accepted.jobId();
        });
    }

    private Draft draft(Submission submission) {
        var errors = new FieldErrors();
        var draft = fields.read(submission, errors);
        if (ImageField.isSent(submission)) {
            errors.add(ImageField.NAME, NOT_HERE);
        }
        errors.throwIfAny();
        return draft;
    }

    /** Takes in a product with its picture, which is stored first. */
    Accepted acceptWithImage(HttpRequest<?> request) {
        var key = IdempotencyKey.of(Principal.of(request), request.getHeaders(), "index-product-with-image");
        return Intake.await(bodies.read(request, ImageField.FORM, submission -> {
            var errors = new FieldErrors();
            var draft = fields.read(submission, errors);
            var image = picture.require(submission, errors);
            return intake.save(
                    key.map(IdempotencyKey::jobId), draft, image.bytes(), () -> draft.with(images.store(image)));
        }));
    }
}
