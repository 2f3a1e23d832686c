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
import java.util.List;
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
                accepted.jobId(), accepted.outcome(), job -> outcomeOf(job, done), () -> Queued.of(accepted));
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
     * @param pictureRemoved true when the product had a picture, which the change removes; left out otherwise
     * @param warnings what the sender may have meant otherwise; left out when there is nothing
     */
    record Queued(
            String status,
            String jobId,
            String productId,
            @Nullable Boolean pictureRemoved,
            @Nullable List<String> warnings) {
        Queued {
            warnings = warnings == null ? null : List.copyOf(warnings);
        }

        static Queued of(Accepted accepted) {
            return new Queued(
                    "queued", accepted.jobId(), accepted.productId(), removed(accepted), warningsOf(accepted));
        }
    }

    private static @Nullable Boolean removed(Accepted accepted) {
        return accepted.pictureRemoved() ? true : null;
    }

    private static @Nullable List<String> warningsOf(Accepted accepted) {
        return accepted.warnings().isEmpty() ? null : accepted.warnings();
    }

    /**
     * A product that searches can find.
     *
     * @param status always {@code success}
     * @param embeddingDimension dimensions of the text vector; left out when the gateway has never reached the embedder
     * @param pictureRemoved true when the product had a picture, which the change removed; left out otherwise
     * @param warnings what the sender may have meant otherwise; left out when there is nothing
     */
    record Indexed(
            String status,
            String message,
            @Nullable Integer embeddingDimension,
            String jobId,
            @Nullable Boolean pictureRemoved,
            @Nullable List<String> warnings) {
        Indexed {
            warnings = warnings == null ? null : List.copyOf(warnings);
        }

        static Indexed of(Accepted accepted, Optional<Integer> dimension) {
            var message = "Product " + accepted.productId() + " indexed successfully";
            return new Indexed(
                    "success",
                    message,
                    dimension.orElse(null),
                    accepted.jobId(),
                    removed(accepted),
                    warningsOf(accepted));
        }
    }

    /**
     * A finished change, for a caller that asked the call to wait.
     *
     * @param status {@code indexed} or {@code deleted}
     * @param warnings what the sender may have meant otherwise; left out when there is nothing
     */
    record Done(
            String status,
            String jobId,
            String productId,
            @Nullable List<String> warnings) {
        Done {
            warnings = warnings == null ? null : List.copyOf(warnings);
        }

        static Done of(String status, Accepted accepted) {
            return new Done(status, accepted.jobId(), accepted.productId(), warningsOf(accepted));
        }
    }
}
