package io.sluice.importer;

import io.sluice.imports.text.Excerpt;
import io.sluice.schemas.imports.ImportRow.Data;
import io.sluice.schemas.imports.MergedRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Finds rows of one file that have the key of an earlier row and other values. It sees every row that is published, in
 * the order of the file, and every time the same ones. So what it finds does not depend on how rows are handled later.
 * It keeps hashes of 64 bits, 20 bytes a row: of a million keys, two share one in 1 of 37 million files.
 */
final class SharedKeys {
    private static final int MOST_KEYS = 10;
    private static final int MOST_ROWS = 10;
    private static final int FIRST_SIZE = 1 << 10;
    /** Rows that are sent as JSON may each have names of their own. */
    private static final int MOST_NAMES = 1_000;

    private final Map<String, List<Integer>> first = new LinkedHashMap<>();
    /** The names of fields, which are the same in all rows. */
    private final Map<String, Long> names = new HashMap<>();

    private long[] keys = new long[FIRST_SIZE];
    private long[] contents = new long[FIRST_SIZE];
    private int[] numbers = new int[FIRST_SIZE];
    private int size;
    private int merged;

    /** Looks at a row that is published under a key. */
    void add(String key, Data row) {
        var number = Objects.requireNonNull(row.rowNumber(), "a row of a file has a number");
        if (2 * size >= keys.length) {
            grow();
        }
        var hash = hash(key);
        var content = content(row);
        var at = slot(hash);
        if (numbers[at] == 0) {
            keys[at] = hash;
            contents[at] = content;
            numbers[at] = number;
            size++;
        } else if (contents[at] != content) {
            contents[at] = content;
            merged++;
            remember(key.substring(row.kind().length() + 1), numbers[at], number);
        }
    }

    /** {@return how many rows have the key of an earlier row and not its values} */
    int merged() {
        return merged;
    }

    /** {@return the first such keys} */
    List<MergedRows> first() {
        return first.entrySet().stream()
                .map(entry -> new MergedRows(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** {@return a sentence about these rows, for the sender of the file} */
    String note() {
        var named = first.entrySet().stream()
                .map(entry -> "'%s' in rows %s"
                        .formatted(
                                Excerpt.of(entry.getKey()),
                                entry.getValue().stream().map(String::valueOf).collect(Collectors.joining(", "))))
                .collect(Collectors.joining("; "));
        return "%,d %s the key of an earlier row and other values; the last row of a key wins. %s: %s."
                .formatted(
                        merged, merged == 1 ? "row has" : "rows have", merged == 1 ? "It is" : "The first are", named);
    }

    private void remember(String key, int firstNumber, int number) {
        var rows = first.get(key);
        if (rows == null && first.size() < MOST_KEYS) {
            first.put(key, new ArrayList<>(List.of(firstNumber, number)));
        } else if (rows != null && rows.size() < MOST_ROWS) {
            rows.add(number);
        }
    }

    /** {@return the slot of the key, or the free one where it belongs} */
    private int slot(long hash) {
        var at = (int) (hash >>> 33) & (keys.length - 1);
        while (numbers[at] != 0 && keys[at] != hash) {
            at = (at + 1) & (keys.length - 1);
        }
        return at;
    }

    private void grow() {
        var oldKeys = keys;
        var oldContents = contents;
        var oldNumbers = numbers;
        keys = new long[2 * oldKeys.length];
        contents = new long[keys.length];
        numbers = new int[keys.length];
        for (var i = 0; i < oldKeys.length; i++) {
            if (oldNumbers[i] != 0) {
                var at = slot(oldKeys[i]);
                keys[at] = oldKeys[i];
                contents[at] = oldContents[i];
                numbers[at] = oldNumbers[i];
            }
        }
    }

    /** The order of the fields makes no difference: objects of JSON may have any. */
    private long content(Data row) {
        var sum = 0L;
        for (var field : row.fields().entrySet()) {
            sum += mixed(31 * hashOfName(field.getKey()) + hash(field.getValue()));
        }
        return sum;
    }

    private long hashOfName(String name) {
        var known = names.get(name);
        if (known == null) {
            known = hash(name);
            if (names.size() < MOST_NAMES) {
                names.put(name, known);
            }
        }
        return known;
    }

    /** Takes four characters in each step. A step can be undone, so it loses no difference. */
    private static long hash(String text) {
        var length = text.length();
        var hash = length * 0x9e3779b97f4a7c15L;
        var i = 0;
        for (; i + 4 <= length; i += 4) {
            var four = text.charAt(i)
                    | (long) text.charAt(i + 1) << 16
                    | (long) text.charAt(i + 2) << 32
                    | (long) text.charAt(i + 3) << 48;
            hash = (hash ^ four) * 0x9fb21c651e98df25L;
            hash ^= hash >>> 32;
        }
        for (; i < length; i++) {
            hash = (hash ^ text.charAt(i)) * 0x9fb21c651e98df25L;
            hash ^= hash >>> 32;
        }
        return mixed(hash);
    }

    /** The finalizer of MurmurHash3: each bit of the result depends on all bits. */
    private static long mixed(long hash) {
        var mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
