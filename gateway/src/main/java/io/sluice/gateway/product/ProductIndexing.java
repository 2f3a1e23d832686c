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

/**
 * Handles a request that saves products: reads and checks the body, stores the picture, and accepts the change. It
 * stores nothing of a refused body.
 */
@Singleton
public final class ProductIndexing {
    /** Enough for 20,000 percent-escaped characters and the largest metadata. */
    public static final int MAX_BODY = 2 * 1024 * 1024;

    private static final FormLimits FORM =
            FormLimits.ofBody(MAX_BODY).withParts(FormLimits.MANY_PARTS).withTextBytes(MAX_BODY);

    private static final String PICTURE_NOT_TAKEN =
            "is not taken here; send the product to /api/v1/index-product-with-image";

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

    /** Accepts a product without a picture. */
    Accepted accept(HttpRequest<?> request) {
        var key = IdempotencyKey.of(Principal.of(request), request.getHeaders(), "index-product");
        return Intake.await(bodies.read(request, FORM, submission -> {
            var draft = draft(submission);
            return intake.save(key.map(IdempotencyKey::jobId), draft, NO_PICTURE, () -> draft.with(null));
        }));
    }

    /**
     * Accepts one product of a bulk call, without waiting for Kafka.
     *
     * @param lines the lines of the call, when the call has a key
     * @param line the number of the product's line
     * @return the id of the product's job, once it is accepted; fails with a {@link ProblemException}
     * @throws ProblemException when a field is not valid
     */
    public CompletableFuture<String> acceptLine(Optional<KeyedLines> lines, long line, Submission submission) {
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
            errors.add(ImageField.NAME, PICTURE_NOT_TAKEN);
        }
        errors.throwIfAny();
        return draft;
    }

    /** Accepts a product with its picture, which is stored first. */
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
