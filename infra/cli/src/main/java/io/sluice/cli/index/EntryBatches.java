package io.sluice.cli.index;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Entries in parts that can be sent at once. The parts keep the order, and a part of pictures, which go side by side, has
 * no id twice: of two entries of one product the later must win.
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
        var chunk = new ArrayList<ProductEntry>();
        var ids = new HashSet<String>();
        long bytes = 0;
        for (var entry = take(); entry != null; entry = take()) {
            bytes += entry instanceof ProductEntry.Bare bare ? bare.json().length : 0;
            if (!chunk.isEmpty() && (bytes > MOST_BYTES || !fits(entry, chunk, ids))) {
                waiting = entry;
                break;
            }
            chunk.add(entry);
            ids.add(entry.id());
        }
        return chunk;
    }

    private @Nullable ProductEntry take() {
        var entry = waiting != null ? waiting : entries.hasNext() ? entries.next() : null;
        waiting = null;
        return entry;
    }

    private static boolean fits(ProductEntry entry, List<ProductEntry> chunk, Set<String> ids) {
        var pictures = chunk.getFirst() instanceof ProductEntry.Pictured;
        return switch (entry) {
            case ProductEntry.Bare bare -> !pictures && chunk.size() < MOST_BARE;
            case ProductEntry.Pictured pictured ->
                pictures && chunk.size() < MOST_PICTURED && !ids.contains(pictured.id());
            case ProductEntry.Wrong wrong -> chunk.size() < MOST_BARE;
        };
    }
}
