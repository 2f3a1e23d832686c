package io.sluice.web.value;

import io.micronaut.http.HttpParameters;
import io.sluice.schemas.event.InvalidEventException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the query parameters that several calls have in common. */
public final class Query {
    /** Largest number of results that a caller can ask for. */
    public static final int MAX_LIMIT = 100;

    /** Number of results when the caller asks for none. */
    public static final int DEFAULT_LIMIT = 10;

    /** The name of the parameter with the number of results. */
    public static final String LIMIT = "limit";

    private Query() {}

    /**
     * {@return the parameter's value; null when it was not sent}
     *
     * @throws InvalidEventException when it was sent several times
     */
    public static @Nullable String single(HttpParameters parameters, String name) {
        return single(name, parameters.getAll(name));
    }

    /**
     * {@return the only value; null when there is none}
     *
     * @throws InvalidEventException when there are several
     */
    public static @Nullable String single(String name, List<String> values) {
        if (values.size() > 1) {
            throw new InvalidEventException(name, "must be sent once, was sent " + values.size() + " times");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    /** {@return the number of results that the caller asks for} */
    public static int limit(HttpParameters parameters) {
        return limit(single(parameters, LIMIT));
    }

    /** {@return the number of results that the caller asks for} */
    public static int limit(@Nullable String text) {
        return text == null ? DEFAULT_LIMIT : number(LIMIT, text, 1, MAX_LIMIT);
    }

    /**
     * {@return the parameter's text as a number}
     *
     * @throws InvalidEventException when it is not a whole number from {@code min} to {@code max}
     */
    public static int number(String name, String text, int min, int max) {
        try {
            var number = Integer.parseInt(text.strip());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw new InvalidEventException(name, "must be a whole number between " + min + " and " + max);
    }
}
