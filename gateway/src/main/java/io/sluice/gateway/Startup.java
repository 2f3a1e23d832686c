package io.sluice.gateway;

import io.sluice.jobs.tracker.JobTracker;
import io.sluice.runtime.Waiting;
import io.sluice.runtime.kafka.TopicPlan;
import io.sluice.schemas.Topics;
import io.sluice.stores.objects.ObjectStore;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be there before the gateway takes requests: the topics, the job tracker, and every job on the board. */
@Singleton
final class Startup {
    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final TopicPlan topics;
    private final JobTracker tracker;
    private final ObjectStore objects;

    Startup(TopicPlan topics, JobTracker tracker, ObjectStore objects) {
        this.topics = topics;
        this.tracker = tracker;
        this.objects = objects;
    }

    /** Makes the topics, and starts what reads them. */
    void begin() {
        topics.ensure(Topics.PRODUCTS, Topics.IMPORTS, Topics.JOB_EVENTS, Topics.JOBS);
        tracker.start();
        Thread.ofVirtual().name("first-look-at-objects").start(this::lookAtObjects);
    }

    /** Making a client of the store takes a second of class loading, which the first upload would wait for. */
    private void lookAtObjects() {
        try {
            objects.probe();
        } catch (Exception e) {
            LOG.atWarn().setCause(e).log("the object store is away, serving without");
        }
    }

    /** Waits until requests can be taken; when that takes too long the gateway serves, and its readiness says no. */
    void awaitReady() {
        try {
            if (!Waiting.until(() -> tracker.isRunning() && tracker.isCaughtUp(), LOOK, PATIENCE)) {
                LOG.atWarn().addKeyValue("waited", PATIENCE).log("jobs are not at hand yet, serving without");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at start", e);
        }
    }
}
