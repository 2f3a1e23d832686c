package io.sluice.runtime.internal;

import java.time.Instant;

/** Where a record that is not done stands. */
sealed interface Standing {
    /** It is to be handled, not before {@code at}. */
    record Due(Instant at) implements Standing {}

    /** It is to be handled when the dependency it failed on is back. */
    record AwaitingDependency() implements Standing {}

    /** It has been handled; its fate is to be written. */
    record Decided(Fate fate) implements Standing {}
}
