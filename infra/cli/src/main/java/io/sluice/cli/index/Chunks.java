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
final class Chunks implements Iterator<List<Entry>> {
    private static final int MOST_BARE = 500;
    private static final int MOST_BYTES = 1024 * 1024;
    private static final int MOST_PICTURED = 32;

    private final Iterator<Entry> entries;
    private @Nullable Entry waiting;

    Chunks(Iterator<Entry> entries) {
        this.entries = entries;
    }

    @Override
    public boolean hasNext() {
        return waiting != null || entries.hasNext();
    }

    @Override
    public List<Entry> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var chunk = new ArrayList<Entry>();
        var ids = new HashSet<String>();
        long bytes = 0;
        for (var entry = take(); entry != null; entry = take()) {
            bytes += entry instanceof Entry.Bare bare ? bare.json().length : 0;
            if (!chunk.isEmpty() && (bytes > MOST_BYTES || !fits(entry, chunk, ids))) {
                waiting = entry;
                break;
            }
            chunk.add(entry);
            ids.add(entry.id());
        }
        return chunk;
    }

    private @Nullable Entry take() {
        var entry = waiting != null ? waiting : entries.hasNext() ? entries.next() : null;
        waiting = null;
        return entry;
    }

    private static boolean fits(Entry entry, List<Entry> chunk, Set<String> ids) {
        var pictures = chunk.getFirst() instanceof Entry.Pictured;
        return switch (entry) {
            case Entry.Bare bare -> !pictures && chunk.size() < MOST_BARE;
            case Entry.Pictured pictured -> pictures && chunk.size() < MOST_PICTURED && !ids.contains(pictured.id());
            case Entry.Wrong wrong -> chunk.size() < MOST_BARE;
        };
    }
}
