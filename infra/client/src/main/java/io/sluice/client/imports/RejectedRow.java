package io.sluice.client.imports;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A row that was not imported.
 *
 * @param number of the row in its file, whose header is row 1
 * @param error why, in words
 */
public record RejectedRow(long number, String error) {
    static RejectedRow of(JsonNode row) {
        return new RejectedRow(
                row.path("row_number").asLong(), row.path("error").asText());
    }
}
