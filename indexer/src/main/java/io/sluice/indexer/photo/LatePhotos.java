package io.sluice.indexer.photo;

import io.sluice.runtime.BatchHandler;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Outcome.Done;
import io.sluice.runtime.Outcome.Emit;
import io.sluice.runtime.Outcome.Failed;
import io.sluice.runtime.Outcome.Superseded;
import io.sluice.runtime.Received;
import io.sluice.runtime.Received.Turn;
import io.sluice.schemas.event.Event;
import io.sluice.stores.photo.PhotoLedger;
import io.sluice.stores.photo.PhotoRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the newest version of each photo last in a topic that is derived from photos, because compaction keeps the last
 * one, and the ledger is rebuilt from it. A record that waited in a retry topic may come after a newer version. Then what
 * the ledger has of the photo is written behind that record: what the topic says of it, or a tombstone.
 */
final class LatePhotos<E extends Event> implements BatchHandler<E> {
    private final PhotoLedger ledger;
    private final BatchHandler<E> indexer;
    private final DerivedPhotos<E> derived;

    /** @param indexer writes the batch to the ledger; emits nothing */
    LatePhotos(PhotoLedger ledger, BatchHandler<E> indexer, DerivedPhotos<E> derived) {
        this.ledger = ledger;
        this.indexer = indexer;
        this.derived = derived;
    }

    @Override
    public List<Outcome> handle(List<Received<E>> batch) throws Exception {
        var before = ledger.find(batch.stream()
                .filter(received -> received.turn() == Turn.WAITED)
                .map(Received::key)
                .distinct()
                .toList());
        var outcomes = new ArrayList<>(indexer.handle(batch));
        var late = new LinkedHashMap<String, Integer>();
        for (var i = 0; i < batch.size(); i++) {
            var received = batch.get(i);
            if (isLate(received, outcomes.get(i), before.get(received.key()))) {
                late.put(received.key(), i);
            }
        }
        mend(outcomes, late);
        return outcomes;
    }

    /**
     * A record that is out of turn is late when the ledger has a newer version. One that waited and is written is late
     * when the ledger had an older version: that version may have been written while it waited, and be behind it in the
     * topic.
     */
    private boolean isLate(Received<?> received, Outcome outcome, @Nullable PhotoRow before) {
        return switch (outcome) {
            case Superseded superseded -> received.outOfTurn();
            case Done() ->
                received.turn() == Turn.WAITED && before != null && derived.version(before) < received.version();
            case Emit emit -> false;
            case Failed failed -> false;
        };
    }

    private void mend(List<Outcome> outcomes, Map<String, Integer> late) {
        var rows = ledger.find(late.keySet());
        late.forEach((photoId, at) -> Optional.ofNullable(rows.get(photoId))
                .flatMap(derived::newest)
                .ifPresent(newest -> outcomes.set(
                        at,
                        outcomes.get(at) instanceof Superseded
                                ? Outcome.superseded(newest)
                                : new Emit(List.of(newest)))));
    }
}
