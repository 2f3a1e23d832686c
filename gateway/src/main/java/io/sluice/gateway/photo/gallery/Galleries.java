package io.sluice.gateway.photo.gallery;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.gateway.problem.Outage;
import io.sluice.stores.photo.GalleryTable;
import io.sluice.stores.photo.GalleryTable.Page;
import io.sluice.stores.photo.GalleryTable.Part;
import io.sluice.stores.photo.PhotoLedger;
import io.sluice.stores.postgres.ChannelListener;
import io.sluice.stores.postgres.PostgresConfig;
import io.sluice.web.problem.ProblemException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

/**
 * The galleries of this gateway. Pages are kept while Postgres tells this gateway of every change: while the connection
 * that listens is lost or silent, each page is read from Postgres, and none is kept.
 */
@Singleton
public final class Galleries {
    private final GalleryTable table;
    private final GalleryPages pages;
    private final ChannelListener listener;
    private final boolean keepsPages;
    private final LongAdder unkept = new LongAdder();

    Galleries(GalleryTable table, GalleryConfig config, PostgresConfig postgres, MeterRegistry meters) {
        this.table = table;
        this.keepsPages = !config.longest().isZero();
        this.pages = new GalleryPages(config.longest(), table::page);
        this.listener = new ChannelListener(postgres, PhotoLedger.CHANGED, new Changes(pages));
        count(meters, "hit", Galleries::hits);
        count(meters, "miss", Galleries::misses);
    }

    private void count(MeterRegistry meters, String result, ToDoubleFunction<Galleries> number) {
        FunctionCounter.builder("sluice.gallery.pages", this, number)
                .tag("result", result)
                .register(meters);
    }

    /** Forgets the pages that Postgres says have changed. */
    private record Changes(GalleryPages pages) implements ChannelListener.Receiver {
        @Override
        public void listening() {
            pages.forgetAll();
        }

        @Override
        public void notified(String owner) {
            if (owner.equals(GalleryTable.EVERYTHING)) {
                pages.forgetAll();
            } else {
                pages.forget(owner);
            }
        }

        @Override
        public void lost() {
            pages.forgetAll();
        }
    }

    @EventListener
    void start(ServerStartupEvent event) {
        if (keepsPages) {
            listener.begin();
        }
    }

    /**
     * {@return this part of a gallery, as it was less than about a second ago or later}
     *
     * @throws ProblemException when Postgres does not answer
     */
    Page page(Part part) {
        try {
            if (listener.isCurrent()) {
                return pages.page(part);
            }
            unkept.increment();
            return table.page(part);
        } catch (RuntimeException e) {
            throw unavailable(e);
        }
    }

    /**
     * Empties the cache of every gateway.
     *
     * @throws ProblemException when Postgres does not answer, so that only this gateway's cache is empty
     */
    public void forgetEverywhere() {
        pages.forgetAll();
        try {
            table.announceEverything();
        } catch (RuntimeException e) {
            throw unavailable(e);
        }
    }

    private static RuntimeException unavailable(RuntimeException e) {
        return Outage.or(e, GatewayProblem.LEDGER_UNAVAILABLE, "Postgres does not answer; try again in a moment.");
    }

    /** {@return the number of pages that this gateway keeps} */
    public long size() {
        return pages.size();
    }

    /** {@return how many requests since the start of this gateway did not have their page read for them} */
    public long hits() {
        return pages.hits();
    }

    /** {@return how many requests since the start of this gateway had their page read} */
    public long misses() {
        return pages.misses() + unkept.sum();
    }

    @PreDestroy
    void close() {
        if (keepsPages) {
            listener.close();
        }
    }
}
