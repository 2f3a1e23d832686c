package io.sluice.stores.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;

/**
 * Splits rows into rounds, so that no key occurs twice in a round and the last row of a key comes last: the first round
 * has the first row of every key, the next round the second. Usually there is one round.
 */
public final class RowRounds {
    private RowRounds() {}

    /** {@return the rounds, each in the order of the rows} */
    public static <T> List<List<T>> of(List<T> rows, Function<T, ?> key) {
        var rounds = new ArrayList<List<T>>();
        var seen = new HashMap<Object, Integer>();
        for (var row : rows) {
            var round = seen.merge(key.apply(row), 1, Integer::sum) - 1;
            if (round == rounds.size()) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(round).add(row);
        }
        return rounds;
    }
}
