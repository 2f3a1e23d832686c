package io.sluice.gateway.access.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.stores.accounts.ApiKeyTable;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes when an API key was used last: at most once a minute, and no request waits for it. */
@Singleton
final class ApiKeyUse {
    private static final Logger LOG = LoggerFactory.getLogger(ApiKeyUse.class);
    private static final int MOST = 10_000;

    private final ApiKeyTable keys;
    private final Cache<UUID, Boolean> noted = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    ApiKeyUse(ApiKeyTable keys) {
        this.keys = keys;
    }

    void note(UUID id) {
        if (noted.asMap().putIfAbsent(id, true) == null) {
            Thread.ofVirtual().name("api-key-use").start(() -> write(id));
        }
    }

    private void write(UUID id) {
        try {
            keys.markUsed(id);
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).log("the last use of an API key was not noted");
        }
    }
}
