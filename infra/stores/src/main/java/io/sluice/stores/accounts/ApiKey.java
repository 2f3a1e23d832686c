package io.sluice.stores.accounts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The account of a machine.
 *
 * @param id owns what the machine stores
 * @param name for people; several keys may have one name
 * @param lastUsedAt to the minute; null when the key was never used
 */
public record ApiKey(
        UUID id,
        String name,
        Role role,
        Instant createdAt,
        @Nullable Instant lastUsedAt) {}
