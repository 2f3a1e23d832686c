package io.sluice.web.value;

import io.micronaut.http.HttpParameters;
import io.sluice.schemas.event.InvalidEventException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parameters that calls have in common. */
public final class Query {
    /** Most answers of one call. */
    public static final int MAX_LIMIT = 100;

    /** How many answers a call gives that says nothing else. */
    public static final int DEFAULT_LIMIT = 10;

    private static final String LIMIT = "limit";

    private Query() {}

    /** {@return the parameter's value; null when it was not sent} */
    public static @Nullable String single(HttpParameters parameters, String name) {
        return single(name, parameters.getAll(name));
    }

    /** {@return the one value; null when there is none} */
    public static @Nullable String single(String name, List<String> values) {
        if (values.size() > 1) {
            throw new InvalidEventException(name, "must be sent once, was sent " + values.size() + " times");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    /** {@return how many answers are wanted} */
    public static int limit(HttpParameters parameters) {
        return limit(single(parameters, LIMIT));
    }

    /** {@return how many answers are wanted} */
    public static int limit(@Nullable String text) {
        return text == null ? DEFAULT_LIMIT : number(LIMIT, text, 1, MAX_LIMIT);
    }

    /** {@return the number that a parameter's text is} */
    public static int number(String name, String text, int least, int most) {
        try {
            var number = Integer.parseInt(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new InvalidEventException(name, "must be a whole number between " + least + " and " + most);
    }
}
