package io.sluice.runtime.control;

import io.sluice.runtime.EventPublisher;
import io.sluice.runtime.PipelineStatus;
import io.sluice.runtime.PipelineStatus.Dead;
import io.sluice.runtime.PipelineStatus.Paused;
import io.sluice.runtime.PipelineStatus.Running;
import io.sluice.runtime.PipelineStatus.Stalled;
import io.sluice.runtime.PipelineStatus.Suspended;
import io.sluice.runtime.PipelineStatus.Waiting;
import io.sluice.schemas.Topics;
import io.sluice.schemas.pipeline.PipelineReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to pipeline-status.v1 what this process says of its pipelines: at each change, and every five seconds. A stop
 * writes a tombstone for each pipeline. While Kafka is away, reports are lost, and the next ones say what is true then.
 */
public final class StatusReports implements AutoCloseable {
    /** The time between two reports of a pipeline that does not change. */
    public static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(StatusReports.class);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final EventPublisher publisher;
    private final Clock clock;
    private final String service;
    private final String instance;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("pipeline-status").daemon().unstarted(this::run);
    private volatile List<Reporter> reporters = List.of();

    /** @param instance names this process; no other process may have the name */
    public StatusReports(EventPublisher publisher, Clock clock, String service, String instance) {
        this.publisher = publisher;
        this.clock = clock;
        this.service = service;
        this.instance = instance;
    }

    /** Starts to report about these pipelines. */
    public void start(List<? extends ReportedPipeline> pipelines) {
        var all = new ArrayList<Reporter>();
        pipelines.forEach(pipeline -> all.add(new Reporter(pipeline)));
        reporters = List.copyOf(all);
        thread.start();
    }

    private void run() {
        try {
            do {
                reporters.forEach(Reporter::reportIfDue);
            } while (!stopping.await(LOOK.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            LOG.atDebug().log("interrupted; no more reports");
        }
    }

    private void publish(String key, @Nullable PipelineReport report) {
        var _ = publisher.publish(Topics.PIPELINE_STATUS, key, report, Map.of()).exceptionally(thrown -> {
            LOG.atDebug().addKeyValue("pipeline", key).setCause(thrown).log("a report was not written");
            return null;
        });
    }

    /** Ends the reports, and says that the instance has stopped. Call it while Kafka can still be written to. */
    @Override
    public void close() {
        stopping.countDown();
        thread.interrupt(); // a send may be waiting for Kafka
        try {
            if (thread.isAlive() && !thread.join(CLOSE)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        reporters.forEach(Reporter::sayGoodbye);
    }

    /** Reports about one pipeline. Used by one thread at a time. */
    private final class Reporter {
        private final ReportedPipeline pipeline;
        private final Rate rate = new Rate();
        private @Nullable PipelineStatus last;
        private long nextNanos;

        Reporter(ReportedPipeline pipeline) {
            this.pipeline = pipeline;
        }

        void reportIfDue() {
            var status = pipeline.status();
            var now = System.nanoTime();
            if (status.equals(last) && now - nextNanos < 0) {
                return;
            }
            if (last != null && !status.equals(last)) {
                LOG.atInfo()
                        .addKeyValue("pipeline", pipeline.pipeline().name())
                        .addKeyValue("status", status.words())
                        .addKeyValue("before", last.state().wireName())
                        .log("the status of a pipeline changed");
            }
            last = status;
            nextNanos = now + INTERVAL.toNanos();
            var report = report(status, rate.perSecond(pipeline.finished(), now));
            publish(report.key(), report);
        }

        void sayGoodbye() {
            publish(instance + ":" + pipeline.pipeline().name(), null);
        }

        private PipelineReport report(PipelineStatus status, double ratePerS) {
            var declared = pipeline.pipeline();
            var why = Why.of(status);
            return new PipelineReport(
                    instance,
                    declared.name(),
                    service,
                    declared.source().name(),
                    declared.group(),
                    declared.index().orElse(null),
                    status.state(),
                    why.by(),
                    why.reason(),
                    why.since(),
                    ratePerS,
                    clock.instant());
        }
    }

    /** Who or what keeps a pipeline from working. */
    private record Why(
            @Nullable String by,
            @Nullable String reason,
            @Nullable Instant since) {
        static Why of(PipelineStatus status) {
            return switch (status) {
                case Running() -> new Why(null, null, null);
                case Waiting(var code, var _, var since) -> new Why(null, code, since);
                case Paused(var by, var reason, var since) -> new Why(by, reason, since);
                case Suspended(var code, var since, var record) -> new Why(null, code + " at " + record, since);
                case Stalled(var reason, var since) -> new Why(null, reason, since);
                case Dead(var reason) -> new Why(null, "a thread has died: " + reason, null);
            };
        }
    }
}
