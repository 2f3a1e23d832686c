package io.sluice.embedder;

import io.sluice.runtime.Received;
import io.sluice.schemas.event.EntityEvent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which records are older than what the ledger has of their entity. Nothing must be made of a record that comes
 * out of turn and is older, because it would be behind the newer version in the topic of results.
 */
public final class NewerVersions<E extends EntityEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(NewerVersions.class);

    private final Function<Collection<String>, Map<String, Long>> ledger;

    /** @param ledger finds the newest versions of those of these entities that it knows, deleted ones too */
    public NewerVersions(Function<Collection<String>, Map<String, Long>> ledger) {
        this.ledger = ledger;
    }

    /**
     * Asks the ledger once for a batch, and only about records that are out of turn. When Postgres does not answer, it
     * takes none to be older: the indexer notices later, and sends the newer version here again.
     *
     * @return whether a record of the batch is out of turn and older than what the ledger has
     */
    public Predicate<Received<E>> overtake(List<Received<E>> batch) {
        var older = areOlder(batch.stream().filter(Received::outOfTurn).toList());
        return received -> received.outOfTurn() && older.test(received);
    }

    /**
     * Asks the ledger once about all of these records. When Postgres does not answer, it takes none to be older.
     *
     * @return whether one of these records is older than what the ledger has
     */
    public Predicate<Received<E>> areOlder(List<Received<E>> records) {
        var newest = newest(records.stream().map(Received::key).distinct().toList());
        return received -> {
            var known = newest.get(received.key());
            return known != null && known > received.version();
        };
    }

    private Map<String, Long> newest(List<String> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        try {
            return ledger.apply(ids);
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("records", ids.size())
                    .addKeyValue("reason", e.getMessage())
                    .log("the ledger does not answer; records that waited are handled without asking it");
            return Map.of();
        }
    }
}
