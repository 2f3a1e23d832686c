package io.sluice.gateway.product;

import io.sluice.gateway.idempotency.Claim;
import io.sluice.gateway.idempotency.Fingerprint;
import io.sluice.gateway.idempotency.IdempotentCalls;
import io.sluice.gateway.product.ProductFields.Draft;
import io.sluice.gateway.product.ProductIntake.Accepted;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.product.ProductSaved;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Accepts a product once for each idempotency key, however often the call is sent. */
@Singleton
final class RepeatableIntake {
    private final ProductIntake intake;
    private final IdempotentCalls calls;
    private final JsonCodec codec;

    RepeatableIntake(ProductIntake intake, IdempotentCalls calls, JsonCodec codec) {
        this.intake = intake;
        this.calls = calls;
        this.codec = codec;
    }

    /**
     * Accepts a product, unless the job of its key already exists.
     *
     * @param jobId the id computed from the caller's key; empty when the call has no key
     * @param draft the product as sent. It and {@code picture} are compared with the content that the key was sent with
     *     before
     * @param product stores the picture and makes the product; not called when the call repeats an earlier one
     * @return the change, once it is accepted
     */
    CompletableFuture<Accepted> save(
            Optional<String> jobId, Draft draft, byte[] picture, Supplier<ProductSaved> product) {
        if (jobId.isEmpty()) {
            return intake.save(product.get(), draft.removesPicture());
        }
        var fingerprint = Fingerprint.of(codec.encode(draft.with(null)), picture);
        return switch (calls.claim(jobId.get(), draft.productId(), fingerprint)) {
            case Claim.First first -> save(first, product, draft.removesPicture());
            case Claim.Repeated(var job) -> follow(job, draft);
        };
    }

    /**
     * Accepts a product as one line of a bulk call, unless the line was accepted before and no earlier line of its
     * product is newer.
     *
     * @param line the number of the line
     */
    CompletableFuture<Accepted> save(KeyedLines lines, long line, Draft draft) {
        var fingerprint = Fingerprint.of(codec.encode(draft.with(null)), ProductIndexing.NO_PICTURE);
        return switch (calls.claim(lines.jobId(line), draft.productId(), fingerprint)) {
            case Claim.First first -> {
                lines.note(draft.productId());
                yield save(first, () -> draft.with(null), false);
            }
            case Claim.Repeated(var job) -> {
                if (!lines.isOvertaken(draft.productId(), job)) {
                    yield follow(job, draft);
                }
                lines.note(draft.productId());
                yield intake.save(new Claim.First(job.jobId(), fingerprint, () -> {}), draft.with(null), false);
            }
        };
    }

    private CompletableFuture<Accepted> follow(Job job, Draft draft) {
        return CompletableFuture.completedFuture(intake.follow(job, draft.productId()));
    }

    /** Holds the claim until the caller has its answer or has disconnected. */
    private CompletableFuture<Accepted> save(
            Claim.First claim, Supplier<ProductSaved> product, boolean removesPicture) {
        try {
            return intake.save(claim, product.get(), removesPicture).whenComplete((accepted, thrown) -> {
                if (thrown != null) {
                    claim.release().run();
                    return;
                }
                var _ = accepted.outcome()
                        .whenComplete((job, stopped) -> claim.release().run());
            });
        } catch (RuntimeException e) {
            claim.release().run();
            throw e;
        }
    }
}
