package io.sluice.runtime.engine;

import java.time.Instant;

/** The state of a record that is not done. */
sealed interface WorkState {
    /** The record is to be handled, not before {@code at}. */
    record Due(Instant at) implements WorkState {}

    /** The record is to be handled when the dependency it failed on is back. */
    record AwaitingDependency() implements WorkState {}

    /** The record has been handled; its fate is to be written. */
    record Decided(Fate fate) implements WorkState {}
}
