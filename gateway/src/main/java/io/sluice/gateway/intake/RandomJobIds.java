package io.sluice.gateway.intake;

import jakarta.inject.Singleton;
import java.util.UUID;

/** Generates random UUIDs (version 4). */
@Singleton
public final class RandomJobIds implements JobIds {
    @Override
    public String next() {
        return UUID.randomUUID().toString();
    }
}
