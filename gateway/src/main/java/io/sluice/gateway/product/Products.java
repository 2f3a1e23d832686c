package io.sluice.gateway.product;

import io.micronaut.scheduling.TaskExecutors;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.gateway.problem.Outage;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.stores.product.ProductLedger;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds products in the ledger. */
@Singleton
final class Products {
    private static final Logger LOG = LoggerFactory.getLogger(Products.class);
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private final ProductLedger ledger;
    private final Executor threads;

    Products(ProductLedger ledger, @Named(TaskExecutors.BLOCKING) Executor threads) {
        this.ledger = ledger;
        this.threads = threads;
    }

    /**
     * {@return whether the ledger has a picture of the product} No, when the ledger does not answer soon: a product can
     * be saved while it is away.
     */
    boolean havePictureOf(String id) {
        return CompletableFuture.supplyAsync(
                        () -> find(id).filter(known -> known.product().image() != null)
                                .isPresent(),
                        threads)
                .completeOnTimeout(false, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(thrown -> {
                    LOG.atDebug().setCause(thrown).log("whether a product has a picture is not known");
                    return false;
                })
                .join();
    }

    /** {@return the product; empty when the ledger has none with this id, or it is deleted} */
    Optional<ProductLedger.Known> find(String id) {
        if (id.length() > 2 * ProductSaved.MAX_ID || id.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        try {
            return ledger.find(id);
        } catch (RuntimeException e) {
            throw Outage.or(
                    e, GatewayProblem.LEDGER_UNAVAILABLE, "Products cannot be read now; try again in a moment.");
        }
    }

    static ProblemException notFound() {
        return new ProblemException(ProductProblem.PRODUCT_NOT_FOUND, "No product has this id.");
    }
}
