package io.sluice.gateway.door;

import io.sluice.stores.accounts.Role;
import org.jspecify.annotations.Nullable;

/** Groups of callers. Each call of the gateway is for one group. */
public enum Callers {
    /** All callers. {@link BrowserGuard} lets all of them pass, because monitors use host names of their own. */
    MONITORS,
    /** All callers, with or without an account. */
    EVERYBODY,
    /** Every account. While producers are open, callers without an account too. */
    ACCOUNTS_AND_OPEN_PRODUCERS,
    /** Producers and admins. While producers are open, every caller. */
    PRODUCERS,
    /** Every account. */
    ACCOUNTS,
    /** Users and admins: the accounts that may have photos. */
    USERS,
    /** Admins only. */
    ADMINS;

    /**
     * Returns whether the group has callers with this role.
     *
     * @param role null for callers without an account
     * @param openProducers whether the gateway lets every caller produce
     */
    public boolean include(@Nullable Role role, boolean openProducers) {
        return switch (this) {
            case MONITORS, EVERYBODY -> true;
            case ACCOUNTS_AND_OPEN_PRODUCERS -> role != null || openProducers;
            case PRODUCERS -> role == Role.PRODUCER || role == Role.ADMIN || openProducers;
            case ACCOUNTS -> role != null;
            case USERS -> role == Role.USER || role == Role.ADMIN;
            case ADMINS -> role == Role.ADMIN;
        };
    }
}
