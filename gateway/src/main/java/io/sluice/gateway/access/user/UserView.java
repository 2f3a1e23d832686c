package io.sluice.gateway.access.user;

import io.sluice.stores.accounts.User;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * A user as admins see it.
 *
 * @param role {@code admin}, {@code producer} or {@code user}
 * @param disabled whether the user cannot sign in and its tokens are refused
 */
@Schema(name = "User")
record UserView(String username, String role, boolean disabled, Instant createdAt) {
    static UserView of(User user) {
        return new UserView(user.username(), user.role().title(), user.disabled(), user.createdAt());
    }
}
