package io.sluice.gateway.intake;

import jakarta.inject.Singleton;
import java.util.UUID;

/** Version 4 UUIDs. */
@Singleton
public final class RandomJobIds implements JobIds {
    @Override
    public String next() {
        return UUID.randomUUID().toString();
    }
}
