package io.sluice.stores.product;

import io.sluice.schemas.event.InvalidEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One filter of a search. A product passes when one of the paths leads to the wanted value in its metadata, or to an
 * array that has it as an element.
 *
 * @param paths the keys that lead to the value, from the outside in. There are several when the name can be read in
 *     several ways
 */
public record MetadataFilter(List<List<String>> paths, FilterValue value) {
    private static final String FIELD = "filter";
    /** Each further key doubles the number of paths that Qdrant follows, because an array may be on the way. */
    private static final int MAX_KEYS = 5;

    /** What no path of Qdrant can have in a key. */
    private static final Pattern IMPOSSIBLE = Pattern.compile("[\"\\\\]");

    private static final String KEY = "(?:\"[^\"\\\\]+\"|[^\".:\\\\]+)";
    /** Possessive: it never goes back to an earlier key, so a name of very many keys takes no stack. */
    private static final Pattern QUOTED_NAME =
            Pattern.compile("(" + KEY + "(?:\\." + KEY + ")*+):(.*)", Pattern.DOTALL);

    private static final Pattern ONE_KEY = Pattern.compile("\"([^\"]+)\"|([^\".]+)");

    public MetadataFilter {
        paths = paths.stream().map(List::copyOf).toList();
    }

    /**
     * Reads {@code name:value}. The name is one key of the metadata, or several with dots between them. A key in
     * quotation marks may have dots and colons in it.
     *
     * @throws InvalidEventException when no search can do what the text asks for; the message says what is possible
     */
    public static MetadataFilter parse(String text) {
        var colon = text.indexOf(':');
        if (colon > 0 && !IMPOSSIBLE.matcher(text.substring(0, colon)).find()) {
            return new MetadataFilter(readings(text.substring(0, colon)), FilterValue.parse(text.substring(colon + 1)));
        }
        var quoted = QUOTED_NAME.matcher(text);
        if (colon != 0 && quoted.matches()) {
            return new MetadataFilter(List.of(limited(keys(quoted.group(1)))), FilterValue.parse(quoted.group(2)));
        }
        throw new InvalidEventException(
                FIELD,
                "must be name:value. A key in the name that has a dot or a colon may be in quotation marks, as in"
                        + " \"a.b\":value; no filter can name a key that has a quotation mark or a backslash itself");
    }

    /** {@return the name as one key, and as keys with dots between them} */
    private static List<List<String>> readings(String name) {
        var keys = List.of(name.split("\\.", -1));
        return keys.size() == 1 || keys.contains("") ? List.of(List.of(name)) : List.of(List.of(name), limited(keys));
    }

    private static List<String> keys(String quotedName) {
        var keys = new ArrayList<String>();
        var key = ONE_KEY.matcher(quotedName);
        while (key.find()) {
            keys.add(key.group(1) == null ? key.group(2) : key.group(1));
        }
        return keys;
    }

    private static List<String> limited(List<String> keys) {
        if (keys.size() > MAX_KEYS) {
            throw new InvalidEventException(
                    FIELD,
                    "must have at most %d keys with dots between them; one key that has dots in it must be in quotation marks"
                            .formatted(MAX_KEYS));
        }
        return keys;
    }
}
