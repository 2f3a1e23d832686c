package io.sluice.importer.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How often the letters outside ASCII are used in one language, and beside which letters. Counted in lists of words and
 * in the names of countries, languages, currencies and places that the Unicode CLDR has in this language.
 */
final class Letters {
    /** The log-probability of a letter that the language does not use, beside any letter. */
    static final double FOREIGN = -16;

    private static final double RARE_NEIGHBOR = -6;
    /** A language can be written in an encoding that lacks letters as rare as this. */
    private static final double RARE_LETTER = 0.03;

    /** Languages of few speakers, whose letters would be found in texts of others. */
    private static final Set<String> RARE_LANGUAGES = Set.of("is", "sq", "be", "mk", "et", "ca");

    private static final double PRIOR_OF_RARE_LANGUAGE = -4;

    private final Map<Character, Letter> letters;
    private final double prior;
    private final float[] before = new float[Neighbor.COUNT];

    /** The log-probabilities of one letter: of itself, and of what is before and behind it. */
    private static final class Letter {
        private final double share;
        private final float[] before;
        private final float[] behind;

        Letter(double share, float[] before, float[] behind) {
            this.share = share;
            this.before = before;
            this.behind = behind;
        }
    }

    private Letters(String language, Map<Character, Letter> letters) {
        this.letters = letters;
        this.prior = RARE_LANGUAGES.contains(language) ? PRIOR_OF_RARE_LANGUAGE : 0;
        for (int i = 0; i < before.length; i++) {
            double sum = 0;
            for (var letter : letters.values()) {
                sum += Math.exp(letter.share + letter.before[i]);
            }
            before[i] = (float) Math.log(sum);
        }
    }

    /** {@return the languages that can be written in an encoding} */
    static List<Letters> of(Charset charset) {
        var encoder = charset.newEncoder();
        return Table.LANGUAGES.stream()
                .filter(language -> language.letters.entrySet().stream()
                        .allMatch(letter ->
                                letter.getValue().share < Math.log(RARE_LETTER) || encoder.canEncode(letter.getKey())))
                .toList();
    }

    /** {@return the log-probability of the language itself, on a scale on which the usual ones are 0} */
    double prior() {
        return prior;
    }

    /**
     * Returns the log-probability of a letter between its neighbors. When a neighbor is no ASCII character, the two
     * letters would be counted twice, once for each of them; so a letter is then judged by the one before it only.
     */
    double of(char lower, Neighbor before, Neighbor behind) {
        var letter = letters.get(lower);
        if (letter == null) {
            return FOREIGN;
        }
        var score = letter.share + letter.before[before.index()];
        if (before.isCounted()) {
            score -= this.before[before.index()];
        }
        return behind.isCounted() ? score : score + letter.behind[behind.index()];
    }

    /** Read when the first file needs it. */
    private static final class Table {
        static final List<Letters> LANGUAGES = read();

        private static List<Letters> read() {
            var languages = new ArrayList<Letters>();
            var letters = new HashMap<Character, Letter>();
            var language = "";
            try (var lines = new BufferedReader(new InputStreamReader(
                    Objects.requireNonNull(Letters.class.getResourceAsStream("letters.txt")), UTF_8))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("#")) {
                        continue;
                    }
                    var parts = line.split("\\|", -1);
                    var head = parts[0].strip().split(" ", -1);
                    if (!letters.isEmpty() && !language.equals(head[0])) {
                        languages.add(new Letters(language, Map.copyOf(letters)));
                        letters.clear();
                    }
                    language = head[0];
                    letters.put(
                            head[1].charAt(0),
                            new Letter(
                                    Math.log(Integer.parseInt(head[2]) / 100_000.0),
                                    neighbors(parts[1]),
                                    neighbors(parts[2])));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the table of letters cannot be read", e);
            }
            languages.add(new Letters(language, Map.copyOf(letters)));
            return List.copyOf(languages);
        }

        private static float[] neighbors(String counts) {
            var neighbors = new float[Neighbor.COUNT];
            Arrays.fill(neighbors, (float) RARE_NEIGHBOR);
            for (var count : counts.strip().split(" ", -1)) {
                if (!count.isEmpty()) {
                    neighbors[Neighbor.indexOf(count.charAt(0))] =
                            (float) Math.max(RARE_NEIGHBOR, Math.log(Integer.parseInt(count.substring(1)) / 1_000.0));
                }
            }
            return neighbors;
        }
    }
}
