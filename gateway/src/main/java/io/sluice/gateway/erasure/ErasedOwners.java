package io.sluice.gateway.erasure;

import io.sluice.stores.accounts.ErasureTable;
import io.sluice.stores.postgres.OptionalAnswers;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/**
 * Knows which users were deleted. An erasure may miss what its user sends meanwhile, so who accepts something of a user
 * asks afterwards, and deletes it again.
 */
@Singleton
public final class ErasedOwners {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final ErasureTable erasures;
    private final OptionalAnswers postgres;

    ErasedOwners(ErasureTable erasures, Clock clock) {
        this.erasures = erasures;
        this.postgres = new OptionalAnswers("erased-owners", "an upload is not compared with erasures", clock);
    }

    /** {@return whether the user was deleted; false while Postgres is away} */
    public boolean contain(String owner) {
        return postgres.askWithin(LONGEST_WAIT, () -> erasures.isErased(UUID.fromString(owner)))
                .orElse(false);
    }
}
