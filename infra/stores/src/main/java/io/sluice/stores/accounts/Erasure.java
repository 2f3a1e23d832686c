package io.sluice.stores.accounts;

import java.time.Instant;
import java.util.UUID;

/**
 * The deletion of a user and of everything that belonged to it.
 *
 * @param jobId the job that shows how far it is
 * @param owner the id of the user
 */
public record Erasure(String jobId, UUID owner, Instant requestedAt) {}
