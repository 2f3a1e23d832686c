package io.sluice.gateway.admin.pipelines;

import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.sluice.runtime.control.PipelineControls;
import io.sluice.runtime.control.TopicFollower;
import io.sluice.schemas.pipeline.PipelineReport;
import jakarta.inject.Singleton;

/** Follows the decisions of admins and the reports of instances, from the start of the gateway on. */
@Singleton
final class PipelineWatch {
    private final ActiveIndex index;
    private final PipelineControls controls;
    private final TopicFollower<PipelineReport> reports;
    private final WaitingRetries retries;

    PipelineWatch(
            ActiveIndex index,
            PipelineControls controls,
            TopicFollower<PipelineReport> reports,
            WaitingRetries retries) {
        this.index = index;
        this.controls = controls;
        this.reports = reports;
        this.retries = retries;
    }

    @EventListener
    void start(ServerStartupEvent event) {
        var _ = index.name();
        controls.start();
        reports.start();
        retries.begin();
    }
}
