package io.sluice.gateway.admin.pipelines;

import io.sluice.runtime.control.StatusReports;
import io.sluice.schemas.pipeline.PipelineReport;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The last report of each instance about each of its pipelines. Safe for use by many threads. */
@Singleton
final class InstanceReports {
    /** An instance that has said nothing for this long is not heard any more. */
    static final Duration HEARD = StatusReports.INTERVAL.multipliedBy(3);

    /** How far the clocks of two machines may differ. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final Duration KEPT = Duration.ofDays(1);

    private final Clock clock;
    private final Map<String, Heard> byInstance = new ConcurrentHashMap<>();

    InstanceReports(Clock clock) {
        this.clock = clock;
    }

    /** @param at when this gateway read the report: the clocks of other machines may be wrong */
    private record Heard(PipelineReport report, Instant at) {
        /** At its start a gateway reads the reports of a whole day, so an old one may have been read a moment ago. */
        boolean isSince(Instant since) {
            return !at.isBefore(since) && !report.at().isBefore(since.minus(SKEW));
        }
    }

    /** Takes a record of pipeline-status.v1. An instance that has stopped is forgotten. */
    void take(String key, Optional<PipelineReport> report) {
        report.ifPresentOrElse(
                said -> byInstance.put(key, new Heard(said, clock.instant())), () -> byInstance.remove(key));
    }

    /** {@return the last reports of the instances that have not said that they stopped} */
    Collection<PipelineReport> all() {
        var old = clock.instant().minus(KEPT);
        byInstance.values().removeIf(heard -> heard.report().at().isBefore(old));
        return byInstance.values().stream().map(Heard::report).toList();
    }

    /** {@return the reports of the instances that were heard lately, for one consumer group} */
    List<PipelineReport> lately(String group) {
        var since = clock.instant().minus(HEARD);
        return byInstance.values().stream()
                .filter(heard -> heard.report().group().equals(group) && heard.isSince(since))
                .map(Heard::report)
                .toList();
    }
}
