package io.sluice.importer.encoding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The bytes outside ASCII of a file, each with the byte before and the byte behind it, and how often each is there. */
final class ByteContexts {
    private static final int SLOTS = 1 << 16;
    private static final int MOST = SLOTS / 2;

    private final int[] keys = new int[SLOTS];
    private final int[] counts = new int[SLOTS];
    private int size;

    /**
     * A byte between its neighbors.
     *
     * @param weight as evidence: many occurrences count for more than one, but not for as many, because a file repeats
     *     its words
     */
    record Context(int before, int at, int behind, double weight) {}

    /** Counts the byte at this place of a file. */
    void add(byte[] file, int at) {
        var before = at == 0 ? '\n' : file[at - 1] & 0xFF;
        var behind = at + 1 == file.length ? '\n' : file[at + 1] & 0xFF;
        var key = (before << 16) | ((file[at] & 0xFF) << 8) | behind;
        var slot = (key * 0x9E3779B1) >>> 16;
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) % SLOTS;
        }
        if (keys[slot] == 0) {
            if (size == MOST) {
                return;
            }
            keys[slot] = key;
            size++;
        }
        counts[slot]++;
    }

    /** {@return how much so many occurrences count as evidence} */
    static double weight(int count) {
        return 1 + Math.log(count) / 2;
    }

    /** {@return the contexts that occur most often} */
    List<Context> most(int limit) {
        var contexts = new ArrayList<Context>(size);
        for (int slot = 0; slot < SLOTS; slot++) {
            var key = keys[slot];
            if (key != 0) {
                contexts.add(new Context(key >>> 16, (key >>> 8) & 0xFF, key & 0xFF, weight(counts[slot])));
            }
        }
        contexts.sort(Comparator.comparingDouble(Context::weight).reversed());
        return contexts.size() > limit ? List.copyOf(contexts.subList(0, limit)) : contexts;
    }
}
