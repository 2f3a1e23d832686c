package io.sluice.gateway.job;

import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobError;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job as callers see it.
 *
 * @param status {@code queued}, {@code processing} and {@code retrying} can change; the others are final
 * @param counts left out when there are none
 * @param error left out unless something went wrong
 * @param nextAttemptAt while the job is retrying: when its record is tried again; left out when that is not known
 * @param subject the entity the job is about, such as the product id
 */
public record JobView(
        String jobId,
        String kind,

        @Schema(
                type = "string",
                allowableValues = {
                    "queued",
                    "processing",
                    "retrying",
                    "succeeded",
                    "failed",
                    "dead",
                    "superseded",
                    "canceled"
                })
        String status,

        @Nullable String subject,
        List<Job.Stage> stages,
        @Nullable Map<String, Long> counts,
        @Nullable JobError error,
        @Nullable Instant nextAttemptAt,
        Instant createdAt,
        Instant updatedAt) {

    /** {@return the job as callers see it} */
    public static JobView of(Job job) {
        return new JobView(
                job.jobId(),
                job.kind(),
                job.status().wireName(),
                job.subject(),
                job.stages(),
                job.counts().isEmpty() ? null : job.counts(),
                job.error(),
                job.nextAttemptAt(),
                job.createdAt(),
                job.updatedAt());
    }
}
