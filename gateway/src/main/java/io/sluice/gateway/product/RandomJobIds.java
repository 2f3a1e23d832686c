package io.sluice.gateway.product;

import jakarta.inject.Singleton;
import java.util.UUID;

/** Version 4 UUIDs. */
@Singleton
final class RandomJobIds implements JobIds {
    @Override
    public String next() {
        return UUID.randomUUID().toString();
    }
}
