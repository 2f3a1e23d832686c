package io.sluice.indexer.photo;

import io.sluice.runtime.BatchHandler;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Received;
import io.sluice.schemas.event.Event;
import io.sluice.stores.photo.PhotoLedger;
import java.util.List;

/**
 * Writes photos to the ledger, which decides what is newest and notes the objects that no photo names any more. The
 * objects are removed after the transaction. After a crash in between, the notes are still there.
 */
final class PhotoIndexer<E extends Event> implements BatchHandler<E> {
    private final PhotoEntries<E> entries;
    private final PhotoLedger ledger;
    private final ObjectRemover remover;

    PhotoIndexer(PhotoEntries<E> entries, PhotoLedger ledger, ObjectRemover remover) {
        this.entries = entries;
        this.ledger = ledger;
        this.remover = remover;
    }

    @Override
    public List<Outcome> handle(List<Received<E>> batch) {
        var batchEntries = batch.stream().map(entries::of).toList();
        var late = ledger.save(batchEntries);
        remover.removeSoon();
        return batchEntries.stream()
                .map(entry -> late.contains(entry) ? Outcome.superseded() : Outcome.done())
                .toList();
    }
}
