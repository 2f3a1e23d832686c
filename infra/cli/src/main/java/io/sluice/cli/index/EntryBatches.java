package io.sluice.cli.index;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Groups entries into batches that can be sent at once. The batches keep the order. The entries of a batch with pictures
 * are sent side by side, so no two of them have one id: of two entries of one product the later one must win.
 */
final class EntryBatches implements Iterator<List<ProductEntry>> {
    private static final int MOST_BARE = 500;
    private static final int MOST_BYTES = 1024 * 1024;
    private static final int MOST_PICTURED = 32;

    private final Iterator<ProductEntry> entries;
    private @Nullable ProductEntry waiting;

    EntryBatches(Iterator<ProductEntry> entries) {
        this.entries = entries;
    }

    @Override
    public boolean hasNext() {
        return waiting != null || entries.hasNext();
    }

    @Override
    public List<ProductEntry> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var batch = new ArrayList<ProductEntry>();
        var ids = new HashSet<String>();
        long bytes = 0;
        for (var entry = take(); entry != null; entry = take()) {
            bytes += entry instanceof ProductEntry.Bare bare ? bare.json().length : 0;
            if (!batch.isEmpty() && (bytes > MOST_BYTES || !fits(entry, batch, ids))) {
                waiting = entry;
                break;
            }
            batch.add(entry);
            ids.add(entry.id());
        }
        return batch;
    }

    private @Nullable ProductEntry take() {
        var entry = waiting != null ? waiting : entries.hasNext() ? entries.next() : null;
        waiting = null;
        return entry;
    }

    private static boolean fits(ProductEntry entry, List<ProductEntry> batch, Set<String> ids) {
        var pictures = batch.getFirst() instanceof ProductEntry.Pictured;
        return switch (entry) {
            case ProductEntry.Bare bare -> !pictures && batch.size() < MOST_BARE;
            case ProductEntry.Pictured pictured ->
                pictures && batch.size() < MOST_PICTURED && !ids.contains(pictured.id());
            case ProductEntry.Wrong wrong -> batch.size() < MOST_BARE;
        };
    }
}
