package io.sluice.gateway;

import io.sluice.stores.accounts.Role;
import org.jspecify.annotations.Nullable;

/** The kinds of callers. All but the last call a closed gateway. */
enum Caller {
    NOBODY(null, false),
    USER(Role.USER, false),
    ANOTHER_USER(Role.USER, false),
    PRODUCER(Role.PRODUCER, false),
    ADMIN(Role.ADMIN, false),
    NOBODY_WHILE_PRODUCERS_ARE_OPEN(null, true);

    final @Nullable Role role;
    final boolean isOpen;

    Caller(@Nullable Role role, boolean isOpen) {
        this.role = role;
        this.isOpen = isOpen;
    }
}
