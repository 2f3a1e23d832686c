package io.sluice.stores.accounts;

import org.jspecify.annotations.Nullable;

/**
 * A change of a user; null keeps what is there.
 *
 * @param passwordHash the hash of the new password
 */
public record UserEdit(
        @Nullable String passwordHash,
        @Nullable Role role,
        @Nullable Boolean disabled) {
    /** {@return whether the user is no enabled admin afterwards} */
    boolean endsAdmin() {
        return (role != null && role != Role.ADMIN) || Boolean.TRUE.equals(disabled);
    }
}
