package io.sluice.gateway.access.key;

import io.sluice.gateway.access.AccountFields;
import io.sluice.schemas.event.Checks;
import io.sluice.schemas.event.InvalidEventException;
import io.sluice.stores.accounts.Role;
import io.sluice.web.body.BodyFields;
import io.sluice.web.body.Submission;
import io.sluice.web.problem.FieldErrors;
import io.swagger.v3.oas.annotations.media.Schema;

/** A new API key, as an admin asks for it. */
record ApiKeyForm(String name, Role role) {
    private static final String NAME = "name";
    private static final int MAX_NAME = 64;

    /** The fields of a new API key. */
    static final BodyFields FIELDS = BodyFields.ofTexts(AccountFields.LIMITS, NAME, AccountFields.ROLE);

    /** A new API key. */
    @Schema(name = "NewApiKey")
    record NewApiKeySchema(
            @Schema(
                    maxLength = MAX_NAME,
                    description = "for people; several keys may have one name",
                    example = "shop-sync")
            String name,

            @Schema(
                    type = "string",
                    allowableValues = {"admin", "producer", "user"},
                    example = "producer")
            String role) {}

    static ApiKeyForm of(Submission submission, FieldErrors errors) {
        var form = new ApiKeyForm(
                errors.check(() -> printable(Checks.text(NAME, submission.text(NAME), MAX_NAME)), ""),
                errors.check(() -> AccountFields.role(submission), Role.USER));
        errors.throwIfAny();
        return form;
    }

    private static String printable(String name) {
        if (name.codePoints().anyMatch(Character::isISOControl)) {
            throw new InvalidEventException(NAME, "must not contain control characters");
        }
        return name;
    }
}
