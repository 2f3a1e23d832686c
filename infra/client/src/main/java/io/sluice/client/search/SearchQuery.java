package io.sluice.client.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What to search for.
 *
 * @param text empty to search by picture alone
 * @param limit the largest number of hits; when it is empty, the gateway decides
 * @param filters metadata that every hit must have, as {@code name:value}
 */
public record SearchQuery(String text, OptionalInt limit, List<String> filters) {
    public SearchQuery {
        filters = List.copyOf(filters);
    }

    /** {@return a query with neither limit nor filters} */
    public static SearchQuery of(String text) {
        return new SearchQuery(text, OptionalInt.empty(), List.of());
    }

    /** {@return the same with this limit} */
    public SearchQuery withLimit(int limit) {
        return new SearchQuery(text, OptionalInt.of(limit), filters);
    }

    /** {@return the same with one more filter} */
    public SearchQuery withFilter(String filter) {
        var all = new ArrayList<>(filters);
        all.add(filter);
        return new SearchQuery(text, limit, all);
    }

    List<Map.Entry<String, String>> parameters() {
        var parameters = new ArrayList<Map.Entry<String, String>>();
        limit.ifPresent(most -> parameters.add(Map.entry("limit", Integer.toString(most))));
        filters.forEach(filter -> parameters.add(Map.entry("filter", filter)));
        if (!text.isEmpty()) {
            parameters.add(Map.entry("q", text));
        }
        return parameters;
    }
}
