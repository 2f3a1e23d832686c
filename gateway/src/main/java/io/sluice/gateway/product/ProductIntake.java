package io.sluice.gateway.product;

import io.sluice.gateway.idempotency.Claim;
import io.sluice.gateway.intake.Intake;
import io.sluice.gateway.intake.JobIds;
import io.sluice.jobs.board.JobBoard;
import io.sluice.runtime.SluiceConfig;
import io.sluice.schemas.Topics;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobKind;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.wire.EntityVersion;
import io.sluice.web.problem.FieldError;
import io.sluice.web.problem.Problem;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Accepts changes of products, as {@link Intake} does. Changes that one thread makes to one product keep their order.
 */
@Singleton
final class ProductIntake {
    /** The name of the count of a job that removed a picture. */
    private static final String PICTURES_REMOVED = "pictures_removed";

    private final Intake intake;
    private final JobBoard board;
    private final JobIds ids;
    private final Clock clock;
    private final int epoch;

    ProductIntake(Intake intake, JobBoard board, JobIds ids, Clock clock, SluiceConfig config) {
        this.intake = intake;
        this.board = board;
        this.ids = ids;
        this.clock = clock;
        this.epoch = config.epoch();
    }

    /**
     * An accepted change.
     *
     * @param outcome completes when the job has ended; a caller that does not wait for it must cancel it
     * @param warnings what the sender may have meant otherwise
     * @param pictureRemoved whether the product had a picture, which the change removes
     */
    record Accepted(
            String jobId,
            String productId,
            CompletableFuture<Job> outcome,
            List<String> warnings,
            boolean pictureRemoved) {
        Accepted {
            warnings = List.copyOf(warnings);
        }

        Accepted withWarnings(List<String> about) {
            return new Accepted(jobId, productId, outcome, about, pictureRemoved);
        }
    }

    /** {@return the change, once it is accepted; fails with a {@link ProblemException}} */
    CompletableFuture<Accepted> save(ProductSaved product) {
        return save(product, false);
    }

    /** As {@link #save(ProductSaved)}; the job shows whether the change removes a picture. */
    CompletableFuture<Accepted> save(ProductSaved product, boolean removesPicture) {
        return admit(ids.next(), product.productId(), product, null, removesPicture);
    }

    /** As {@link #save(ProductSaved, boolean)}, with the job id of the claim. */
    CompletableFuture<Accepted> save(Claim.First claim, ProductSaved product, boolean removesPicture) {
        return admit(
                claim.jobId(), product.productId(), product, claim.fingerprint().sha256(), removesPicture);
    }

    /** {@return the change of this job, which was accepted before} */
    Accepted follow(Job job, String productId) {
        var outcome = job.status().isTerminal() ? CompletableFuture.completedFuture(job) : board.whenOver(job.jobId());
        return new Accepted(
                job.jobId(), productId, outcome, List.of(), job.counts().containsKey(PICTURES_REMOVED));
    }

    /** {@return the deletion, once it is accepted; fails with a {@link ProblemException}} */
    CompletableFuture<Accepted> delete(String productId) {
        return admit(ids.next(), productId, null, null, false);
    }

    private CompletableFuture<Accepted> admit(
            String jobId,
            String productId,
            @Nullable ProductSaved product,
            @Nullable String fingerprint,
            boolean removesPicture) {
        var at = clock.instant();
        return intake.accept(
                        Topics.PRODUCTS,
                        productId,
                        product,
                        jobId,
                        position -> JobEvent.queued(jobId, JobKind.PRODUCT, at)
                                .withSubject(productId)
                                .withVersion(EntityVersion.of(epoch, position.offset()))
                                .withFingerprint(fingerprint)
                                .withCounts(removesPicture ? Map.of(PICTURES_REMOVED, 1L) : Map.of()))
                .thenApply(accepted -> new Accepted(jobId, productId, accepted.outcome(), List.of(), removesPicture))
                .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(explained(thrown)));
    }

    private static Throwable explained(Throwable thrown) {
        var cause = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return cause instanceof RecordTooLargeException
                ? new ProblemException(Problem.ofFields(List.of(
                        new FieldError(MetadataField.NAME, "makes the product larger than a Kafka record may be"))))
                : cause;
    }
}
