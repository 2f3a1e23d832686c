package io.sluice.gateway.job;

import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The jobs of one entity that are not over.
 *
 * @param versions the version each is about, by job id
 */
record OpenJobs(Map<String, Long> versions) {
    OpenJobs {
        versions = Map.copyOf(Objects.requireNonNullElse(versions, Map.of()));
    }

    static OpenJobs none() {
        return new OpenJobs(Map.of());
    }

    /** {@return what is open once this is known of a job; a job leaves when it is over, not when it is told to be} */
    OpenJobs with(Job job) {
        var next = new HashMap<>(versions);
        var version = job.version();
        if (job.status().isTerminal() || version == null) {
            next.remove(job.jobId());
        } else {
            next.put(job.jobId(), version);
        }
        return new OpenJobs(next);
    }

    /** {@return the open jobs that this one leaves nothing to do, because a newer version is in the last sink} */
    List<String> supersededBy(Job job) {
        var version = job.version();
        if (job.status() != JobStatus.SUCCEEDED || version == null) {
            return List.of();
        }
        return versions.entrySet().stream()
                .filter(open -> open.getValue() < version)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    boolean isEmpty() {
        return versions.isEmpty();
    }
}
