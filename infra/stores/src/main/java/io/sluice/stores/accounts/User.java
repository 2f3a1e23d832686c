package io.sluice.stores.accounts;

import java.time.Instant;
import java.util.UUID;

/**
 * A person with a name and a password.
 *
 * @param id owns what the user stores; no other user ever gets it, whatever the name
 * @param tokenGeneration counts the changes that end the user's tokens: a new password or role, and being disabled
 */
public record User(UUID id, String username, Role role, boolean disabled, int tokenGeneration, Instant createdAt) {}
