package io.sluice.gateway.access.key;

import io.sluice.stores.accounts.ApiKey;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An API key as admins see it.
 *
 * @param role {@code admin}, {@code producer} or {@code user}
 * @param lastUsedAt to the minute; left out when the key was never used
 */
@Schema(name = "ApiKey")
record ApiKeyView(
        String id,
        String name,
        String role,
        Instant createdAt,
        @Nullable Instant lastUsedAt) {
    static ApiKeyView of(ApiKey key) {
        return new ApiKeyView(key.id().toString(), key.name(), key.role().title(), key.createdAt(), key.lastUsedAt());
    }

    /**
     * A new API key.
     *
     * @param role {@code admin}, {@code producer} or {@code user}
     * @param key the secret, shown this once
     */
    @Schema(name = "CreatedApiKey")
    record Created(String id, String name, String role, Instant createdAt, String key) {
        static Created of(ApiKey created, String key) {
            return new Created(
                    created.id().toString(), created.name(), created.role().title(), created.createdAt(), key);
        }

        @Override
        public String toString() {
            return "Created[" + id + "]";
        }
    }
}
