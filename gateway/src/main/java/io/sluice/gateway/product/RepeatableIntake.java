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

/** Takes a product in once for each idempotency key, however often it is sent. */
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
     * Takes a product in, unless the job that its key names is there already.
     *
     * @param jobId named by the caller's key; empty when the call has none
     * @param draft what was sent, and {@code picture} with it; both are compared with what the key was sent with before
     * @param product stores the picture; not asked for when the call is a repetition
     * @return the change, once it is accepted
     */
    CompletableFuture<Accepted> save(
            Optional<String> jobId, Draft draft, byte[] picture, Supplier<ProductSaved> product) {
        if (jobId.isEmpty()) {
            return intake.save(product.get());
        }
        var fingerprint = Fingerprint.of(codec.encode(draft.with(null)), picture);
        return switch (calls.claim(jobId.get(), draft.productId(), fingerprint)) {
            case Claim.First first -> save(first, product);
            case Claim.Repeated(var job) -> follow(job, draft);
        };
    }

    /**
     * Takes a product in as one of the lines of a call, unless it is there already and the newest of the lines so far.
     *
     * @param line its number
     */
    CompletableFuture<Accepted> save(KeyedLines lines, long line, Draft draft) {
        var fingerprint = Fingerprint.of(codec.encode(draft.with(null)), ProductIndexing.NO_PICTURE);
        return switch (calls.claim(lines.jobId(line), draft.productId(), fingerprint)) {
            case Claim.First first -> {
                lines.note(draft.productId());
                yield save(first, () -> draft.with(null));
            }
            case Claim.Repeated(var job) -> {
                if (!lines.isOvertaken(draft.productId(), job)) {
                    yield follow(job, draft);
                }
                lines.note(draft.productId());
                yield intake.save(new Claim.First(job.jobId(), fingerprint, () -> {}), draft.with(null));
            }
        };
    }

    private CompletableFuture<Accepted> follow(Job job, Draft draft) {
        return CompletableFuture.completedFuture(intake.follow(job, draft.productId()));
    }

    /** The claim is held until the caller is answered, or has gone away. */
    private CompletableFuture<Accepted> save(Claim.First claim, Supplier<ProductSaved> product) {
        try {
            return intake.save(claim, product.get()).whenComplete((accepted, thrown) -> {
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
