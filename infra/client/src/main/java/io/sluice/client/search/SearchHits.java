package io.sluice.client.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What a search found.
 *
 * @param hits best first
 * @param model the model that made the query's vector
 */
public record SearchHits(List<Hit> hits, String model) {
    public SearchHits {
        hits = List.copyOf(hits);
    }

    /**
     * One product.
     *
     * @param score larger is better; scores of different answers cannot be compared
     */
    public record Hit(String productId, String name, double score) {
        static Hit of(JsonNode result) {
            return new Hit(
                    result.path("product_id").asText(),
                    result.path("name").asText(),
                    result.path("score").asDouble());
        }
    }

    static SearchHits of(JsonNode body) {
        var hits = body.path("results").valueStream().map(Hit::of).toList();
        return new SearchHits(hits, body.path("model").asText());
    }

    /** {@return the ids of the products found, best first} */
    public List<String> productIds() {
        return hits.stream().map(Hit::productId).toList();
    }
}
