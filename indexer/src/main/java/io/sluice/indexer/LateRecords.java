package io.sluice.indexer;

import io.sluice.runtime.Outcome;
import io.sluice.runtime.Outcome.Done;
import io.sluice.runtime.Outcome.Emission;
import io.sluice.runtime.Outcome.Emit;
import io.sluice.runtime.Outcome.Failed;
import io.sluice.runtime.Outcome.Superseded;
import io.sluice.runtime.Received;
import io.sluice.runtime.Received.Turn;
import io.sluice.schemas.Topic;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.product.ProductVectors;
import io.sluice.stores.product.ProductLedger;
import io.sluice.stores.product.ProductLedger.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the newest version of each product last in the topic of vectors, because compaction keeps the last one, and an
 * index is rebuilt from it. A record that waited in a retry topic may come after a newer version. Then the ledger's
 * version is sent to the embedder, which embeds it again, behind that record. The topic of products is not used for
 * this: a newer version of the product may be under way in it.
 */
final class LateRecords {
    private final ProductLedger ledger;
    private final Topic<ProductSaved> again;

    /** @param again where the embedder reads products that it is to embed again */
    LateRecords(ProductLedger ledger, Topic<ProductSaved> again) {
        this.ledger = ledger;
        this.again = again;
    }

    /** {@return what the ledger has of the products whose records waited; to be asked before the batch is written} */
    Map<String, Entry> before(List<Received<ProductVectors>> batch) {
        return ledger.newest(batch.stream()
                .filter(received -> received.turn() == Turn.WAITED)
                .map(Received::key)
                .distinct()
                .toList());
    }

    /**
     * {@return these outcomes, with the products to embed again in the outcomes of the records that came late}
     *
     * @param before what the ledger had before the batch was written
     */
    List<Outcome> mended(List<Received<ProductVectors>> batch, List<Outcome> outcomes, Map<String, Entry> before) {
        var late = new LinkedHashMap<String, Integer>();
        for (var i = 0; i < batch.size(); i++) {
            var received = batch.get(i);
            if (isLate(received, outcomes.get(i), before.get(received.key()))) {
                late.put(received.key(), i);
            }
        }
        if (late.isEmpty()) {
            return outcomes;
        }
        var newest = ledger.newest(late.keySet());
        var mended = new ArrayList<>(outcomes);
        late.forEach((id, at) -> mended.set(at, with(outcomes.get(at), newest.get(id))));
        return mended;
    }

    /**
     * A record that is out of turn is late when the ledger has a newer version. One that waited and is written is late
     * when the ledger had an older version: that version may have been written while it waited, and be behind it in the
     * topic. When the ledger had the same version already, an older one is noticed by itself.
     */
    private static boolean isLate(Received<?> received, Outcome outcome, @Nullable Entry before) {
        return switch (outcome) {
            case Superseded superseded -> received.outOfTurn();
            case Done() -> received.turn() == Turn.WAITED && before != null && before.version() < received.version();
            case Emit emit -> false;
            case Failed failed -> false;
        };
    }

    private Outcome with(Outcome outcome, @Nullable Entry newest) {
        if (newest == null) {
            return outcome;
        }
        var emission = new Emission<>(again, newest.productId(), newest.product(), newest.version());
        return outcome instanceof Superseded ? Outcome.superseded(emission) : new Emit(List.of(emission));
    }
}
