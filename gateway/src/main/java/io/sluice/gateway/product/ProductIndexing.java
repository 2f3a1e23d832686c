package io.sluice.gateway.product;

import io.micronaut.http.HttpRequest;
import io.sluice.gateway.idempotency.IdempotencyKey;
import io.sluice.gateway.intake.Intake;
import io.sluice.gateway.principal.Principal;
import io.sluice.gateway.product.ProductFields.Draft;
import io.sluice.gateway.product.ProductIntake.Accepted;
import io.sluice.gateway.product.image.ImageField;
import io.sluice.gateway.product.image.ProductImages;
import io.sluice.web.body.BodyFields;
import io.sluice.web.body.FormLimits;
import io.sluice.web.body.Submission;
import io.sluice.web.body.SubmissionReader;
import io.sluice.web.problem.FieldErrors;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.List;
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

    private static final BodyFields FORM = ProductFields.within(
                    FormLimits.ofBody(MAX_BODY).withParts(FormLimits.MANY_PARTS).withTextBytes(MAX_BODY))
            .withElsewhere(ImageField.NAME, "is not taken here; send the product to /api/v1/index-product-with-image");
    private static final BodyFields FORM_WITH_IMAGE =
            ProductFields.within(ImageField.LIMITS).withFiles(ImageField.NAME);

    static final byte[] NO_PICTURE = {};

    /**
     * An accepted product of a bulk call.
     *
     * @param warnings what the sender may have meant otherwise
     */
    public record AcceptedLine(String jobId, List<String> warnings) {
        public AcceptedLine {
            warnings = List.copyOf(warnings);
        }
    }

    private final SubmissionReader bodies;
    private final ProductFields fields;
    private final ImageField picture;
    private final ProductImages images;
    private final Products products;
    private final RepeatableIntake intake;

    ProductIndexing(
            SubmissionReader bodies,
            ProductFields fields,
            ImageField picture,
            ProductImages images,
            Products products,
            RepeatableIntake intake) {
        this.bodies = bodies;
        this.fields = fields;
        this.picture = picture;
        this.images = images;
        this.products = products;
        this.intake = intake;
    }

    /** Accepts a product without a picture. */
    Accepted accept(HttpRequest<?> request) {
        var key = IdempotencyKey.of(Principal.of(request), request.getHeaders(), "index-product");
        return Intake.await(bodies.read(request, FORM, (submission, errors) -> {
            var sent = draft(submission, errors);
            var draft = sent.removingPicture(products.havePictureOf(sent.productId()));
            return intake.save(key.map(IdempotencyKey::jobId), draft, NO_PICTURE, () -> draft.with(null))
                    .thenApply(accepted -> accepted.withWarnings(draft.warnings()));
        }));
    }

    /**
     * Accepts one product of a bulk call, without waiting for Kafka.
     *
     * @param lines the lines of the call, when the call has a key
     * @param line the number of the product's line
     * @return the product's job, once the product is accepted; fails with a {@link ProblemException}
     * @throws ProblemException when a field is not valid
     */
    public CompletableFuture<AcceptedLine> acceptLine(Optional<KeyedLines> lines, long line, Submission submission) {
        var errors = new FieldErrors();
        FORM.refuseOthers(submission, errors);
        var draft = draft(submission, errors);
        var saved = lines.map(call -> intake.save(call, line, draft))
                .orElseGet(() -> intake.save(Optional.empty(), draft, NO_PICTURE, () -> draft.with(null)));
        return saved.thenApply(accepted -> {
            accepted.outcome().cancel(false);
            return new AcceptedLine(accepted.jobId(), draft.warnings());
        });
    }

    private Draft draft(Submission submission, FieldErrors errors) {
        var draft = fields.read(submission, errors);
        errors.throwIfAny();
        return draft;
    }

    /** Accepts a product with its picture, which is stored first. */
    Accepted acceptWithImage(HttpRequest<?> request) {
        var key = IdempotencyKey.of(Principal.of(request), request.getHeaders(), "index-product-with-image");
        return Intake.await(bodies.read(request, FORM_WITH_IMAGE, (submission, errors) -> {
            var draft = fields.read(submission, errors);
            var image = picture.require(submission, errors);
            return intake.save(
                            key.map(IdempotencyKey::jobId), draft, image.bytes(), () -> draft.with(images.store(image)))
                    .thenApply(accepted -> accepted.withWarnings(draft.warnings()));
        }));
    }
}
