package io.sluice.cli.deadletters;

import io.sluice.client.deadletters.DeadLetter;

/** Texts for a person about a letter. */
final class LetterText {
    private LetterText() {}

    /** {@return the end of a line: the key, if there is one, and the beginning of the message} */
    static String keyAndMessage(DeadLetter letter, int longest) {
        var key = letter.key().isEmpty() ? "" : "  key " + letter.key();
        return letter.message().isEmpty() ? key : key + ": " + shortened(letter.message(), longest);
    }

    private static String shortened(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "…";
    }

    /** {@return how to follow the job of a letter that was sent back} */
    static String howToFollow(String jobId) {
        return "./sluice jobs %s --watch".formatted(jobId);
    }
}
