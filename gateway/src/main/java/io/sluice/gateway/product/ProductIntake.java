package io.sluice.gateway.product;

import io.sluice.gateway.idempotency.Claim;
import io.sluice.gateway.job.JobBoard;
import io.sluice.gateway.job.JobFold;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.runtime.EventPublisher.Position;
import io.sluice.runtime.SluiceConfig;
import io.sluice.schemas.Topics;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobKind;
import io.sluice.schemas.job.JobStatus;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.wire.EntityVersion;
import io.sluice.schemas.wire.Headers;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Takes a change of a product in: once it is accepted, the change and its job are in Kafka, and nothing can lose them. When
 * it fails, the change may be in Kafka all the same, because an ack can be lost; sending it again does no harm.
 *
 * <p>Changes that one thread makes to one product keep their order, and need not wait for each other.
 */
@Singleton
final class ProductIntake {
    private static final String ACCEPTED = "accepted";

    private final DurableWrites events;
    private final JobBoard board;
    private final JobIds ids;
    private final Clock clock;
    private final int epoch;

    ProductIntake(DurableWrites events, JobBoard board, JobIds ids, Clock clock, SluiceConfig config) {
        this.events = events;
        this.board = board;
        this.ids = ids;
        this.clock = clock;
        this.epoch = config.epoch();
    }

    /**
     * A change taken in.
     *
     * @param outcome completes when the job is over; whoever does not wait for it cancels it
     */
    record Accepted(String jobId, String productId, CompletableFuture<Job> outcome) {}

    /** {@return the change, once it is accepted; fails with a {@link ProblemException}} */
    CompletableFuture<Accepted> save(ProductSaved product) {
        return admit(ids.next(), product.productId(), product, null);
    }

    /** As {@link #save(ProductSaved)}, as the job that a claim was made to. */
    CompletableFuture<Accepted> save(Claim.First claim, ProductSaved product) {
        return admit(
                claim.jobId(), product.productId(), product, claim.fingerprint().sha256());
    }

    /** {@return the change whose job this is, taken in before} */
    Accepted follow(Job job, String productId) {
        var outcome = job.status().isTerminal() ? CompletableFuture.completedFuture(job) : board.whenOver(job.jobId());
        return new Accepted(job.jobId(), productId, outcome);
    }

    /** {@return the deletion, once it is accepted; fails with a {@link ProblemException}} */
    CompletableFuture<Accepted> delete(String productId) {
        return admit(ids.next(), productId, null, null);
    }

    /** {@return the change, once it is accepted} Blocks, and throws what it failed with. */
    static Accepted await(CompletableFuture<Accepted> change) {
        try {
            return change.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ProblemException problem ? problem : e;
        }
    }

    private CompletableFuture<Accepted> admit(
            String jobId, String productId, @Nullable ProductSaved product, @Nullable String fingerprint) {
        var at = clock.instant();
        // The waiter first: a quick pipeline must not be done before anybody listens.
        var outcome = board.whenOver(jobId);
        return write(productId, product, jobId)
                .thenApply(position -> new JobEvent(
                        jobId,
                        JobKind.PRODUCT,
                        ACCEPTED,
                        JobStatus.QUEUED,
                        Map.of(),
                        null,
                        productId,
                        EntityVersion.of(epoch, position.offset()),
                        fingerprint,
                        Map.of(),
                        at))
                .thenCompose(queued -> events.write(Topics.JOB_EVENTS, jobId, queued, headers(queued))
                        .thenRun(() -> board.introduce(JobFold.begin(queued))))
                .thenApply(introduced -> new Accepted(jobId, productId, outcome))
                .whenComplete((accepted, thrown) -> {
                    if (thrown != null) {
                        outcome.cancel(false);
                    }
                });
    }

    /** {@return the write of the product} What is thrown before anything is written fails it too. */
    private CompletableFuture<Position> write(String productId, @Nullable ProductSaved product, String jobId) {
        try {
            return events.write(Topics.PRODUCTS, productId, product, Map.of(Headers.JOB_ID, jobId));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Map<String, String> headers(JobEvent queued) {
        return Map.of(Headers.JOB_ID, queued.jobId(), Headers.ENTITY_VERSION, String.valueOf(queued.version()));
    }
}
