package io.sluice.client.accounts;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What changes about a user. What is empty stays. */
public record UserChange(Optional<String> password, Optional<String> role, Optional<Boolean> disabled) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final UserChange NOTHING = new UserChange(Optional.empty(), Optional.empty(), Optional.empty());

    /** {@return a new password; it ends all sessions of the user} */
    public static UserChange ofPassword(String password) {
        return new UserChange(Optional.of(password), Optional.empty(), Optional.empty());
    }

    /** {@return another role, such as {@code producer}} */
    public static UserChange ofRole(String role) {
        return NOTHING.withRole(role);
    }

    /** {@return whether the user can sign in from now on} */
    public static UserChange ofDisabled(boolean disabled) {
        return new UserChange(Optional.empty(), Optional.empty(), Optional.of(disabled));
    }

    UserChange withRole(String another) {
        return new UserChange(password, Optional.of(another), disabled);
    }

    ObjectNode json() {
        var json = JSON.createObjectNode();
        password.ifPresent(text -> json.put("password", text));
        role.ifPresent(text -> json.put("role", text));
        disabled.ifPresent(flag -> json.put("disabled", flag));
        return json;
    }

    /** A password is a secret. */
    @Override
    public String toString() {
        return "UserChange[password " + (password.isPresent() ? "changes" : "stays") + ", role=" + role + ", disabled="
                + disabled + "]";
    }
}
