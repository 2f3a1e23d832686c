package io.sluice.gateway.product;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.sluice.gateway.job.Wait;
import io.sluice.gateway.product.ProductIntake.Accepted;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobError;
import io.sluice.web.problem.Problem;
import io.sluice.web.problem.ProblemException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the answer to an accepted change: the outcome when the job ends in time, otherwise the path of the job. */
final class ProductAnswers {
    private static final String FAILED_TITLE = "The change was accepted and then failed";
    private static final String UNEXPLAINED = "UNEXPLAINED";

    private ProductAnswers() {}

    /**
     * Waits for the job and makes the answer.
     *
     * @param done makes the body of the answer when the job succeeded
     */
    static MutableHttpResponse<?> answer(Accepted accepted, Wait wait, Supplier<?> done) {
        return wait.answer(
                accepted.jobId(),
                accepted.outcome(),
                job -> outcomeOf(job, done),
                () -> new Queued("queued", accepted.jobId(), accepted.productId()));
    }

    private static MutableHttpResponse<?> outcomeOf(Job job, Supplier<?> done) {
        return switch (job.status()) {
            case SUCCEEDED, SUPERSEDED -> HttpResponse.ok(done.get());
            case FAILED, DEAD, CANCELED -> throw new ProblemException(failed(job));
            case QUEUED, PROCESSING, RETRYING -> throw new IllegalStateException("the job has not ended: " + job);
        };
    }

    private static Problem failed(Job job) {
        var error = job.error() == null ? new JobError(UNEXPLAINED, "The job gives no reason.") : job.error();
        return Problem.of(HttpStatus.UNPROCESSABLE_ENTITY, FAILED_TITLE, error.code(), error.message())
                .withJob(job.jobId());
    }

    /**
     * An accepted change; its job shows the progress.
     *
     * @param status always {@code queued}
     */
    record Queued(String status, String jobId, String productId) {}

    /**
     * A product that searches can find.
     *
     * @param status always {@code success}
     * @param embeddingDimension dimensions of the text vector; left out when the gateway has never reached the embedder
     */
    record Indexed(String status, String message, @Nullable Integer embeddingDimension, String jobId) {
        static Indexed of(Accepted accepted, Optional<Integer> dimension) {
            var message = "Product " + accepted.productId() + " indexed successfully";
            return new Indexed("success", message, dimension.orElse(null), accepted.jobId());
        }
    }

    /**
     * A finished change, for a caller that asked the call to wait.
     *
     * @param status {@code indexed} or {@code deleted}
     */
    record Done(String status, String jobId, String productId) {}
}
