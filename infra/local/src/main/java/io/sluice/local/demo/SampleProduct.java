package io.sluice.local.demo;

import io.sluice.client.http.FileInMemory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One product of the sample catalog.
 *
 * @param kind a text query for this kind must find a product of the kind first
 * @param metadata a JSON object, as text
 * @param picture null for a product without one
 */
record SampleProduct(
        String id,
        SampleKind kind,
        String name,
        String description,
        String metadata,
        @Nullable FileInMemory picture) {

    boolean isPictured() {
        return picture != null;
    }

    Map<String, String> fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("product_id", id);
        fields.put("name", name);
        fields.put("description", description);
        fields.put("metadata", metadata);
        return fields;
    }
}
