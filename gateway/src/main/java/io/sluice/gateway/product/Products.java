package io.sluice.gateway.product;

import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.gateway.problem.Outage;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.stores.product.ProductLedger;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Finds products in the ledger. */
@Singleton
final class Products {
    private final ProductLedger ledger;

    Products(ProductLedger ledger) {
        this.ledger = ledger;
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
}
