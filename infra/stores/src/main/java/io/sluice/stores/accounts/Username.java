package io.sluice.stores.accounts;

import io.sluice.schemas.event.Checks;
import io.sluice.schemas.event.InvalidEventException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a user, in lower case, so that upper case makes no difference.
 *
 * @param value 1 to {@value #MAX} characters of {@code a-z 0-9 . _ - @ +}; the first is a letter or digit
 */
public record Username(String value) {
    /** The name of the field in requests. */
    public static final String FIELD = "username";

    /** The largest number of characters. */
    public static final int MAX = 64;

    /** The name of callers without a token, so no user may have it. */
    private static final String RESERVED = "anonymous";

    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9][a-z0-9._@+-]*");

    public Username {
        Checks.text(FIELD, value, MAX);
        if (!ALLOWED.matcher(value).matches()) {
            throw new InvalidEventException(
                    FIELD, "must be letters a-z, digits and . _ - @ +, and begin with a letter or digit");
        }
        if (value.equals(RESERVED)) {
            throw new InvalidEventException(FIELD, "must not be " + RESERVED);
        }
    }

    /** {@return whether a user can have the name that a caller wrote} */
    public static boolean isOne(String written) {
        var lower = written.toLowerCase(Locale.ROOT);
        return lower.length() <= MAX && ALLOWED.matcher(lower).matches() && !lower.equals(RESERVED);
    }

    /**
     * {@return the name that a caller wrote}
     *
     * @throws InvalidEventException when no user can have this name
     */
    public static Username of(@Nullable String written) {
        return new Username(Checks.required(FIELD, written).toLowerCase(Locale.ROOT));
    }
}
