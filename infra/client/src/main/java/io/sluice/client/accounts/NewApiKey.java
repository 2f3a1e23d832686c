package io.sluice.client.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.client.http.UnexpectedAnswerException;

/**
 * A key that was just made.
 *
 * @param secret what a machine sends as its token
 */
public record NewApiKey(ApiKey key, String secret) {
    static NewApiKey of(JsonNode body) {
        var secret = body.path("key").asText();
        if (secret.isEmpty()) {
            throw new UnexpectedAnswerException("a new API key", "the key is missing");
        }
        return new NewApiKey(ApiKey.of(body), secret);
    }

    /** The key is a secret. */
    @Override
    public String toString() {
        return "NewApiKey[" + key + "]";
    }
}
