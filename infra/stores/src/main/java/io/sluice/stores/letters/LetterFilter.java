package io.sluice.stores.letters;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which letters of a topic are meant. What is null does not matter.
 *
 * @param key as {@link FailedRecord#key} has it
 * @param since when they failed, at the earliest
 */
public record LetterFilter(
        String topic,
        @Nullable String code,
        @Nullable String key,
        @Nullable Instant since,
        @Nullable LetterState state) {}
