package io.sluice.client.product;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.client.http.Problem;

/** What the gateway answered to one line of many products. */
public sealed interface LineAnswer {
    /** {@return the product of the line; empty when the line has none that can be read} */
    String productId();

    /** The product is taken in; its job tells the rest. */
    record Accepted(String productId, String jobId) implements LineAnswer {}

    /**
     * The product is not taken in.
     *
     * @param reason for a person
     * @param isRetryable whether the same line may be taken a little later
     */
    record Rejected(String productId, String reason, boolean isRetryable) implements LineAnswer {}

    static LineAnswer of(JsonNode line) {
        var productId = line.path("product_id").asText();
        var error = line.path("error");
        return error.isMissingNode()
                ? new Accepted(productId, line.path("job_id").asText())
                : new Rejected(
                        productId,
                        Problem.of(0, error).reason(),
                        error.path("retryable").asBoolean());
    }
}
