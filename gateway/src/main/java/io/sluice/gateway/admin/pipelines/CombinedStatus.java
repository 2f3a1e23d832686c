package io.sluice.gateway.admin.pipelines;

import io.sluice.schemas.pipeline.PipelineControl;
import io.sluice.schemas.pipeline.PipelineReport;
import io.sluice.schemas.pipeline.PipelineState;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The status of a pipeline over all its instances: what admins decided, what instances report, what the brokers know. */
record CombinedStatus(
        PipelineState state,
        @Nullable String by,
        @Nullable String reason,
        @Nullable Instant since) {
    private static final Comparator<PipelineReport> WORST = Comparator.comparing(PipelineReport::status);

    /**
     * {@return the status}
     *
     * @param decision the last decision of a person about the pipeline
     * @param reports the reports of the instances that were heard lately
     * @param silent the reports of instances that were not heard lately, and have not said that they stopped
     * @param instances how many instances the consumer group has
     */
    static CombinedStatus of(
            Optional<PipelineControl> decision,
            List<PipelineReport> reports,
            Collection<PipelineReport> silent,
            int instances) {
        var worst = reports.stream().max(WORST);
        if (worst.filter(report -> report.status() == PipelineState.STALLED).isPresent()) {
            return of(worst.get());
        }
        var pause = decision.filter(PipelineControl::paused);
        if (pause.isPresent()) {
            return new CombinedStatus(
                    PipelineState.PAUSED,
                    pause.get().by(),
                    pause.get().reason(),
                    pause.get().since());
        }
        var lastSign = silent.stream().map(PipelineReport::at).max(Comparator.naturalOrder());
        if (worst.isEmpty() && instances == 0) {
            return stalled("no instance runs", lastSign);
        }
        if (worst.isEmpty() && lastSign.isPresent()) {
            return stalled("its instances do not report", lastSign);
        }
        return worst.map(CombinedStatus::resumed)
                .orElseGet(() -> new CombinedStatus(PipelineState.RUNNING, null, null, null));
    }

    /** An instance that reports a pause is about to learn that an admin has resumed the pipeline. */
    private static CombinedStatus resumed(PipelineReport report) {
        return report.status() == PipelineState.PAUSED
                ? new CombinedStatus(PipelineState.RUNNING, null, null, null)
                : of(report);
    }

    private static CombinedStatus of(PipelineReport report) {
        return new CombinedStatus(report.status(), report.by(), report.reason(), report.since());
    }

    private static CombinedStatus stalled(String reason, Optional<Instant> since) {
        return new CombinedStatus(PipelineState.STALLED, null, reason, since.orElse(null));
    }
}
