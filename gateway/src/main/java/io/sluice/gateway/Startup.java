package io.sluice.gateway;

import io.sluice.gateway.access.erasure.ErasureWorker;
import io.sluice.gateway.access.user.FirstAdmin;
import io.sluice.gateway.admin.letters.work.LetterWork;
import io.sluice.jobs.tracker.JobTracker;
import io.sluice.runtime.Waiting;
import io.sluice.runtime.kafka.TopicPlan;
import io.sluice.schemas.Topics;
import io.sluice.stores.objects.ObjectStore;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares the gateway for requests: creates the topics and the first admin, starts the job tracker, and waits until it
 * has read every job.
 */
@Singleton
final class Startup {
    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private final TopicPlan topics;
    private final JobTracker tracker;
    private final ObjectStore objects;
    private final FirstAdmin firstAdmin;
    private final ErasureWorker erasures;
    private final LetterWork letters;

    Startup(
            TopicPlan topics,
            JobTracker tracker,
            ObjectStore objects,
            FirstAdmin firstAdmin,
            ErasureWorker erasures,
            LetterWork letters) {
        this.topics = topics;
        this.tracker = tracker;
        this.objects = objects;
        this.firstAdmin = firstAdmin;
        this.erasures = erasures;
        this.letters = letters;
    }

    /** Creates the topics, and starts the job tracker, the work on accounts and the reading of dead letters. */
    void begin() {
        topics.ensure(
                Topics.PRODUCTS, Topics.PHOTOS, Topics.FACE_ENROLMENTS, Topics.IMPORTS, Topics.JOB_EVENTS, Topics.JOBS);
        tracker.start();
        firstAdmin.begin();
        erasures.begin();
        letters.begin();
        Thread.ofVirtual().name("object-store-warm-up").start(this::warmUpObjectStore);
    }

    /** Loads the classes of the store's client, which takes a second. Otherwise the first upload would wait for it. */
    private void warmUpObjectStore() {
        try {
            objects.probe();
        } catch (Exception e) {
            LOG.atWarn().setCause(e).log("the object store is not available, starting without it");
        }
    }

    /**
     * Waits until the tracker has read every job. When that takes too long, the gateway starts anyway, and its
     * readiness check reports DOWN.
     */
    void awaitReady() {
        try {
            if (!Waiting.until(() -> tracker.isRunning() && tracker.isCaughtUp(), POLL_INTERVAL, LONGEST_WAIT)) {
                LOG.atWarn()
                        .addKeyValue("waited", LONGEST_WAIT)
                        .log("jobs are still being read, starting without them");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at start", e);
        }
    }
}
