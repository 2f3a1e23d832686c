package io.sluice.gateway.job;

import org.jspecify.annotations.Nullable;

/**
 * A job that is not over, as {@link OpenJobs} lists it.
 *
 * @param version the version of its entity that it is about
 * @param supersededBy the version that left it nothing to do; null while it has something to do
 */
record OpenJob(String jobId, long version, @Nullable Long supersededBy) {
    OpenJob supersededBy(long newer) {
        return new OpenJob(jobId, version, newer);
    }
}
