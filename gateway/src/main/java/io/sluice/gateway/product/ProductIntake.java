package io.sluice.gateway.product;

import io.sluice.gateway.job.JobBoard;
import io.sluice.gateway.job.JobFold;
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
import org.jspecify.annotations.Nullable;

/**
 * Takes a change of a product in: once it returns, the change and its job are in Kafka, and nothing can lose them. When it
 * throws, the change may be in Kafka all the same, because an ack can be lost; sending it again does no harm.
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

    Accepted save(ProductSaved product) {
        return admit(product.productId(), product);
    }

    Accepted delete(String productId) {
        return admit(productId, null);
    }

    private Accepted admit(String productId, @Nullable ProductSaved product) {
        var jobId = ids.next();
        var at = clock.instant();
        // The waiter first: a quick pipeline must not be done before anybody listens.
        var outcome = board.whenOver(jobId);
        try {
            var position = events.write(Topics.PRODUCTS, productId, product, Map.of(Headers.JOB_ID, jobId));
            var version = EntityVersion.of(epoch, position.offset());
            var queued = new JobEvent(
                    jobId, JobKind.PRODUCT, ACCEPTED, JobStatus.QUEUED, Map.of(), null, productId, version, at);
            events.write(
                    Topics.JOB_EVENTS,
                    jobId,
                    queued,
                    Map.of(Headers.JOB_ID, jobId, Headers.ENTITY_VERSION, String.valueOf(version)));
            board.introduce(JobFold.begin(queued));
            return new Accepted(jobId, productId, outcome);
        } catch (RuntimeException e) {
            outcome.cancel(false);
            throw e;
        }
    }
}
