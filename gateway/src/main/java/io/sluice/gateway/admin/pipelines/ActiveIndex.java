package io.sluice.gateway.admin.pipelines;

import io.sluice.runtime.SluiceConfig;
import io.sluice.stores.product.VectorStore;
import io.sluice.stores.product.VectorStore.ServedIndex;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index that searches read. It never waits for the vector store: it answers what the store said last, and asks again
 * in the background. Before the store's first answer it is the index of {@code SLUICE_INDEX}.
 */
@Singleton
final class ActiveIndex {
    private static final Logger LOG = LoggerFactory.getLogger(ActiveIndex.class);
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final VectorStore vectors;
    private final Clock clock;
    private final AtomicReference<Instant> askAgain;
    private volatile String last;

    ActiveIndex(VectorStore vectors, SluiceConfig config, Clock clock) {
        this.vectors = vectors;
        this.clock = clock;
        this.last = config.index();
        this.askAgain = new AtomicReference<>(Instant.MIN);
    }

    /** {@return its name} */
    String name() {
        var due = askAgain.get();
        var now = clock.instant();
        if (!now.isBefore(due) && askAgain.compareAndSet(due, now.plus(FRESH))) {
            Thread.ofVirtual().name("active-index").start(this::ask);
        }
        return last;
    }

    private void ask() {
        try {
            last = vectors.servedIndex().map(ServedIndex::name).orElse(last);
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).log("the vector store does not say which index is active");
        }
    }
}
