package io.sluice.stores.letters;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What became of a letter. In the table and on the wire: the name in lower case. */
public enum LetterState {
    /** Nobody has done anything about it. */
    OPEN,
    /** It was sent back, and has neither passed nor failed since. */
    REDRIVEN,
    /** It was sent back, and the group that had given it up has passed it. */
    MENDED,
    /** An admin has said why nothing is to be done about it; or its photo or selfie was deleted since. */
    DISCARDED,
    /** It was open when its topic deleted its record. */
    EXPIRED;

    /** {@return the wire form} */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the state with this wire form} */
    public static Optional<LetterState> named(String name) {
        return Arrays.stream(values())
                .filter(state -> state.wireName().equals(name))
                .findFirst();
    }
}
