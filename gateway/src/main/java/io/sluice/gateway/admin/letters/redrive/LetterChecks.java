package io.sluice.gateway.admin.letters.redrive;

import io.sluice.gateway.admin.letters.DeadLetterProblem;
import io.sluice.stores.letters.Letter;
import io.sluice.stores.letters.LetterTable;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;

/** Refuses what makes no sense for the state of a letter, and says why. */
@Singleton
public final class LetterChecks {
    private final LetterTable letters;

    LetterChecks(LetterTable letters) {
        this.letters = letters;
    }

    /**
     * Checks that a letter may be sent back.
     *
     * @param force whether it may be sent back however often it was before
     */
    public void redrivable(Letter letter, boolean force) {
        unfinished(letter);
        if (letter.redrives() >= Letter.OFTEN && !force) {
            throw new ProblemException(
                    DeadLetterProblem.DEAD_LETTER_REDRIVEN_OFTEN,
                    ("The letter was sent back %d times. It failed last with %s: %s. Correct the cause first, or send an"
                                    + " edited value. To send it back all the same, send \"force\": true.")
                            .formatted(
                                    letter.redrives(),
                                    letter.record().reason().code(),
                                    letter.record().reason().message()));
        }
    }

    /** Checks that something can still be done about a letter. */
    public void unfinished(Letter letter) {
        switch (letter.state()) {
            case OPEN, REDRIVEN -> {}
            case MENDED ->
                throw new ProblemException(
                        DeadLetterProblem.DEAD_LETTER_MENDED,
                        "The letter was sent back and has passed" + last(letter, "mended")
                                + ". Nothing is left to do about it.");
            case DISCARDED ->
                throw new ProblemException(
                        DeadLetterProblem.DEAD_LETTER_DISCARDED,
                        "The letter was discarded" + last(letter, "discarded") + ". It stays discarded.");
            case EXPIRED -> throw DeadLetterProblem.expired();
        }
    }

    private String last(Letter letter, String what) {
        return letters.history(letter).stream()
                .filter(line -> line.what().equals(what))
                .reduce((earlier, later) -> later)
                .map(line -> " at " + line.at() + " by " + line.who() + ": " + line.detail())
                .orElse("");
    }
}
