package io.sluice.gateway.job;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import io.sluice.jobs.tracker.JobTracker;
import jakarta.inject.Singleton;
import java.util.Map;
import org.reactivestreams.Publisher;

/** Reports UP when the job tracker runs and this gateway has read every job that existed at its start. */
@Readiness
@Singleton
final class JobHealth implements HealthIndicator {
    private final JobTracker tracker;

    JobHealth(JobTracker tracker) {
        this.tracker = tracker;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        var folding = tracker.isRunning();
        var caughtUp = tracker.isCaughtUp();
        var result = HealthResult.builder("jobs", folding && caughtUp ? HealthStatus.UP : HealthStatus.DOWN)
                .details(Map.of("tracker_running", folding, "tail_caught_up", caughtUp))
                .build();
        return Publishers.just(result);
    }
}
