package io.sluice.importer.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;

/** How probable a character outside ASCII is between its neighbors, in the languages that an encoding is used for. */
final class Plausibility {
    /** In a text of one language, words of others are rarer by this. */
    private static final double OTHER_LANGUAGE = -3.5;

    private static final double CASE_FLIPS = -9;
    private static final double CASE_IS_ODD = -4;
    private static final double CASE_MAY_FLIP = -1.5;
    private static final double UPPER = -0.7;
    /** Names begin with a capital; encodings of one script often swap capitals with the others. */
    private static final double LOWER_FIRST = -1.5;

    private static final double SCRIPTS_MIX = -9;
    private static final double ALONE = -3;
    private static final double TWO_ACCENTS = -2;
    private static final double DIGIT_BESIDE = -5;

    private final List<Letters> languages;

    /** Made when the first file needs it; the languages of Unicode are those of every text that is judged. */
    private static final class Unicode {
        static final Plausibility PLAUSIBILITY = new Plausibility(Letters.of(UTF_8));
    }

    Plausibility(List<Letters> languages) {
        this.languages = languages;
    }

    /** {@return the plausibility in all languages} */
    static Plausibility inAnyLanguage() {
        return Unicode.PLAUSIBILITY;
    }

    /** {@return the scores of a text without characters outside ASCII, by language} */
    double[] begin() {
        return languages.isEmpty()
                ? new double[1]
                : languages.stream().mapToDouble(Letters::prior).toArray();
    }

    /** Fills in the log-probability in a text of each language. */
    void scores(char c, Neighbor before, Neighbor behind, double[] byLanguage) {
        if (!Character.isLetter(c) || c == 'ª' || c == 'º') {
            Arrays.fill(byLanguage, Symbols.score(c, before, behind));
            return;
        }
        var lower = Character.toLowerCase(c);
        var form = form(c, before, behind);
        double best = Letters.FOREIGN;
        for (int i = 0; i < languages.size(); i++) {
            byLanguage[i] = languages.get(i).of(lower, before, behind);
            best = Math.max(best, byLanguage[i] + languages.get(i).prior());
        }
        if (languages.isEmpty()) {
            byLanguage[0] = Letters.FOREIGN;
        }
        for (int i = 0; i < byLanguage.length; i++) {
            byLanguage[i] = Math.max(byLanguage[i], best + OTHER_LANGUAGE) + form;
        }
    }

    /** {@return the score of the language that fits best} */
    static double best(double[] byLanguage) {
        double best = Double.NEGATIVE_INFINITY;
        for (var score : byLanguage) {
            best = Math.max(best, score);
        }
        return best;
    }

    /** Counts against a letter whose case or script does not fit the letters beside it. */
    private static double form(char c, Neighbor before, Neighbor behind) {
        double form = 0;
        if (Character.isUpperCase(c)) {
            form += UPPER + (before.isLetter() || behind.isLetter() ? 0 : ALONE);
            form += (before.isLower() ? CASE_FLIPS : before.isUpper() && behind.isLower() ? CASE_IS_ODD : 0);
        } else if (before.isUpper()) {
            form += behind.isUpper() ? CASE_FLIPS : behind.isLetter() ? 0 : CASE_MAY_FLIP;
        } else if (behind.isUpper() && !before.isLetter()) {
            form += CASE_FLIPS;
        }
        if (before.isDigit() || behind.isDigit()) {
            form += DIGIT_BESIDE;
        }
        if (isLatin(c)) {
            form += before.isCounted() ? isLatin(before.c()) ? TWO_ACCENTS : SCRIPTS_MIX : 0;
        } else if ((before.isLetter() && isLatin(before.c())) || behind.isAsciiLetter()) {
            form += SCRIPTS_MIX;
        } else if (!before.isLetter() && Character.isLowerCase(c)) {
            form += LOWER_FIRST;
        }
        return form;
    }

    private static boolean isLatin(char c) {
        return c < 0x250;
    }
}
