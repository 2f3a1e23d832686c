package io.sluice.gateway.access;

import io.sluice.schemas.event.Checks;
import io.sluice.schemas.event.InvalidEventException;
import io.sluice.stores.accounts.Role;
import io.sluice.web.body.FormLimits;
import io.sluice.web.body.Submission;
import org.jspecify.annotations.Nullable;

/** Reads the fields that several calls about accounts have in common. */
public final class AccountFields {
    /** The largest body of a call about accounts. */
    public static final FormLimits LIMITS = FormLimits.ofBody(16 * 1024);

    /** The name of the field with the role. */
    public static final String ROLE = "role";

    private AccountFields() {}

    /**
     * {@return the text of the field}
     *
     * @throws InvalidEventException when it is missing or no text
     */
    public static String text(Submission submission, String field) {
        return Checks.required(field, submission.text(field));
    }

    /**
     * {@return the role}
     *
     * @throws InvalidEventException when it is missing or there is no such role
     */
    public static Role role(Submission submission) {
        return role(text(submission, ROLE));
    }

    /**
     * {@return the role; null when it was not sent}
     *
     * @throws InvalidEventException when there is no such role
     */
    public static @Nullable Role optionalRole(Submission submission) {
        var title = submission.text(ROLE);
        return title == null ? null : role(title);
    }

    private static Role role(String title) {
        return Role.named(title).orElseThrow(() -> new InvalidEventException(ROLE, "must be admin, producer or user"));
    }
}
