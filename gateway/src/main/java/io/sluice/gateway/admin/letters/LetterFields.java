package io.sluice.gateway.admin.letters;

import io.sluice.schemas.event.InvalidEventException;
import io.sluice.stores.letters.LetterId;
import io.sluice.stores.letters.LetterState;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the fields with which a caller chooses letters. */
public final class LetterFields {
    public static final String CODE = "code";
    public static final String KEY = "key";
    public static final String SINCE = "since";
    public static final String STATE = "state";
    public static final String BEFORE = "before";

    private LetterFields() {}

    /** {@return the key in the form in which it is noted} */
    public static Optional<String> key(@Nullable String text) {
        return Optional.ofNullable(text).map(BriefText::key);
    }

    /** {@return the time} */
    public static Optional<Instant> since(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeException e) {
            throw new InvalidEventException(SINCE, "must be a time such as 2026-03-01T10:00:00Z");
        }
    }

    /** {@return the state} */
    public static Optional<LetterState> state(@Nullable String text) {
        return Optional.ofNullable(text)
                .map(name -> LetterState.named(name)
                        .orElseThrow(() -> new InvalidEventException(
                                STATE,
                                "must be one of "
                                        + Arrays.stream(LetterState.values())
                                                .map(LetterState::wireName)
                                                .collect(Collectors.joining(", ")))));
    }

    /** {@return the letter after which a list begins} */
    public static Optional<LetterId> before(String topic, @Nullable String text) {
        return Optional.ofNullable(text)
                .map(id -> LetterId.of(topic, id)
                        .orElseThrow(
                                () -> new InvalidEventException(BEFORE, "must be the id of a letter, such as 0-17")));
    }
}
