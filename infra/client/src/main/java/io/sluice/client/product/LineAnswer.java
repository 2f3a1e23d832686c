package io.sluice.client.product;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.client.http.Problem;

/** What the gateway answered to one line of many products. */
public sealed interface LineAnswer {
    /** {@return the product id of the line; empty when it cannot be read} */
    String productId();

    /** The gateway accepted the product. Its job reports the outcome. */
    record Accepted(String productId, String jobId) implements LineAnswer {}

    /**
     * The gateway did not accept the product.
     *
     * @param reason for a person
     * @param isRetryable whether the same line may be accepted later
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
