package io.sluice.client.jobs;

import java.util.List;

/**
 * One page of a list of jobs, newest first.
 *
 * @param next the {@code before} of the next page; empty on the last page
 */
public record JobPage(List<JobSummary> jobs, String next) {
    public JobPage {
        jobs = List.copyOf(jobs);
    }
}
