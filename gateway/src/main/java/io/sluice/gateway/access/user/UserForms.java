package io.sluice.gateway.access.user;

import io.sluice.gateway.access.AccountFields;
import io.sluice.schemas.event.InvalidEventException;
import io.sluice.stores.accounts.Passwords;
import io.sluice.stores.accounts.Role;
import io.sluice.stores.accounts.Username;
import io.sluice.web.body.BodyFields;
import io.sluice.web.body.Submission;
import io.sluice.web.problem.FieldErrors;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and checks what admins send about users. */
final class UserForms {
    private static final String DISABLED = "disabled";

    /** The fields of a new user. */
    static final BodyFields OF_NEW =
            BodyFields.ofTexts(AccountFields.LIMITS, Username.FIELD, Passwords.FIELD, AccountFields.ROLE);

    /** The fields of a change. */
    static final BodyFields OF_CHANGE =
            BodyFields.ofTexts(AccountFields.LIMITS, Passwords.FIELD, AccountFields.ROLE, DISABLED);

    private UserForms() {}

    /** A new user, before its password is hashed. */
    record NewUser(Username username, String password, Role role) {
        @Override
        public String toString() {
            return "NewUser[" + username.value() + "]";
        }
    }

    /** A change of a user, before the password is hashed; null keeps what is there. */
    record ChangedUser(
            @Nullable String password,
            @Nullable Role role,
            @Nullable Boolean disabled) {
        @Override
        public String toString() {
            return "ChangedUser[]";
        }
    }

    /** A new user. */
    @Schema(name = "NewUser")
    record NewUserSchema(
            @Schema(maxLength = Username.MAX, pattern = "[a-z0-9][a-z0-9._@+-]*", example = "ann")
            String username,

            @Schema(minLength = Passwords.MIN, maxLength = Passwords.MAX, example = "correct horse battery")
            String password,

            @Schema(
                    type = "string",
                    allowableValues = {"admin", "producer", "user"},
                    example = "user")
            String role) {}

    /** A change of a user; what is left out stays. */
    @Schema(name = "ChangedUser")
    record ChangedUserSchema(
            @Schema(minLength = Passwords.MIN, maxLength = Passwords.MAX) @Nullable String password,

            @Schema(
                    type = "string",
                    allowableValues = {"admin", "producer", "user"})
            @Nullable String role,

            @Nullable Boolean disabled) {}

    static NewUser created(Submission submission, FieldErrors errors) {
        var name = errors.check(
                () -> Optional.of(Username.of(submission.text(Username.FIELD))), Optional.<Username>empty());
        var password = errors.check(() -> Passwords.checked(submission.text(Passwords.FIELD)), "");
        var role = errors.check(() -> AccountFields.role(submission), Role.USER);
        errors.throwIfAny();
        return new NewUser(name.orElseThrow(), password, role);
    }

    static ChangedUser changed(Submission submission, FieldErrors errors) {
        var password = errors.check(() -> optionalPassword(submission), Optional.<String>empty());
        var role =
                errors.check(() -> Optional.ofNullable(AccountFields.optionalRole(submission)), Optional.<Role>empty());
        var disabled = errors.check(() -> optionalDisabled(submission), Optional.<Boolean>empty());
        if (errors.isEmpty() && password.isEmpty() && role.isEmpty() && disabled.isEmpty()) {
            errors.add(Passwords.FIELD, "or role or disabled is required");
        }
        errors.throwIfAny();
        return new ChangedUser(password.orElse(null), role.orElse(null), disabled.orElse(null));
    }

    private static Optional<String> optionalPassword(Submission submission) {
        return Optional.ofNullable(submission.text(Passwords.FIELD)).map(Passwords::checked);
    }

    private static Optional<Boolean> optionalDisabled(Submission submission) {
        var value = submission.single(DISABLED);
        if (value != null && !value.isBoolean()) {
            throw new InvalidEventException(DISABLED, "must be true or false");
        }
        return Optional.ofNullable(value).map(sent -> sent.booleanValue());
    }
}
