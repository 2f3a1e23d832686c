package io.sluice.stores.letters;

import java.time.Instant;
import java.util.Map;

/**
 * The letters of one topic with one code.
 *
 * @param counts how many letters have each state; a state without letters is missing
 * @param lastHour how many of them failed within the last hour
 * @param sample the newest open letter; the newest of all when none is open
 */
public record LetterGroup(Map<LetterState, Long> counts, Instant oldest, Instant newest, long lastHour, Letter sample) {
    public LetterGroup {
        counts = Map.copyOf(counts);
    }

    /** {@return how many letters have this state} */
    public long count(LetterState state) {
        return counts.getOrDefault(state, 0L);
    }
}
