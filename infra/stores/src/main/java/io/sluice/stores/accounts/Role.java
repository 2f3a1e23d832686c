package io.sluice.stores.accounts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an account may do. */
public enum Role {
    /** Every call. */
    ADMIN,
    /** Saves and finds products, imports rows, and follows the jobs of both. */
    PRODUCER,
    /** Has photos of its own. */
    USER;

    /** {@return the role with this {@link #title}; empty when there is none} */
    public static Optional<Role> named(String title) {
        return Arrays.stream(values())
                .filter(role -> role.title().equals(title))
                .findFirst();
    }

    /** {@return its name in lower case, as callers write it} */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
