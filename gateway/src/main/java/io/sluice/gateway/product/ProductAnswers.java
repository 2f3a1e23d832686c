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

/** The answer to a change taken in: what became of it, when that is known in time; else where to look. */
final class ProductAnswers {
    private static final String FAILED_TITLE = "The change was accepted and then failed";
    private static final String UNEXPLAINED = "UNEXPLAINED";

    private ProductAnswers() {}

    /**
     * Waits and answers.
     *
     * @param done the body of the answer when the change is where it should be
     */
    static MutableHttpResponse<?> answer(Accepted accepted, Wait wait, Supplier<?> done) {
        return wait.answer(
                accepted.jobId(),
                accepted.outcome(),
                job -> over(job, done),
                () -> new Queued("queued", accepted.jobId(), accepted.productId()));
    }

    private static MutableHttpResponse<?> over(Job job, Supplier<?> done) {
        return switch (job.status()) {
            case SUCCEEDED, SUPERSEDED -> HttpResponse.ok(done.get());
            case FAILED, DEAD, CANCELED -> throw new ProblemException(failed(job));
            case QUEUED, PROCESSING, RETRYING -> throw new IllegalStateException("a waiter got an open job: " + job);
        };
    }

    private static Problem failed(Job job) {
        var error = job.error() == null ? new JobError(UNEXPLAINED, "The job gives no reason.") : job.error();
        return Problem.of(HttpStatus.UNPROCESSABLE_ENTITY, FAILED_TITLE, error.code(), error.message())
                .withJob(job.jobId());
    }

    /**
     * It is taken in; the job tells the rest.
     *
     * @param status always {@code queued}
     */
    record Queued(String status, String jobId, String productId) {}

    /**
     * It is searchable.
     *
     * @param status always {@code success}
     * @param embeddingDimension of the text vector; left out when the embedder never told
     */
    record Indexed(String status, String message, @Nullable Integer embeddingDimension, String jobId) {
        static Indexed of(Accepted accepted, Optional<Integer> dimension) {
            var message = "Product " + accepted.productId() + " indexed successfully";
            return new Indexed("success", message, dimension.orElse(null), accepted.jobId());
        }
    }

    /**
     * It is done, for callers of a call that usually does not wait.
     *
     * @param status {@code indexed} or {@code deleted}
     */
    record Done(String status, String jobId, String productId) {}
}
