package io.sluice.rekognizer.index;

import io.sluice.stores.face.FaceResults;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews the leases of this process while it works, however long the provider makes it wait. */
public final class Leases implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);
    /** Two renewals may fail. */
    static final Duration EACH = Duration.ofSeconds(FaceResults.LEASE / 3);

    private final FaceResults results;
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("face-leases").factory());

    public Leases(FaceResults results) {
        this.results = results;
        var _ = timer.scheduleWithFixedDelay(this::renew, EACH.toMillis(), EACH.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Leases that are renewed. */
    @FunctionalInterface
    interface Held extends AutoCloseable {
        /** The leases are not renewed any more. */
        @Override
        void close();
    }

    Held hold(List<String> tokens) {
        held.addAll(tokens);
        return () -> tokens.forEach(held::remove);
    }

    private void renew() {
        try {
            results.renew(held);
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("leases", held.size())
                    .addKeyValue("reason", e.getMessage())
                    .log("leases of faces are not renewed; it is tried again");
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
