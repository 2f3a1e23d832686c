package io.sluice.importer.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.imports.file.KnownEncodings;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Repairs text whose UTF-8 bytes were once read in another encoding, so that é became Ã©. Each place is judged by
 * itself: it is repaired when the character that comes out is far more probable, between its neighbors, than those that
 * are there. A place that no letter or digit is beside may be meant, as in a text about encodings; it is repaired only
 * when all the text is like that.
 */
public final class DoubleEncoding {
    private static final double CLEAR = 6;
    private static final double EAST_ASIAN = -7;
    private static final int TIMES = 3;

    /** Made for the first place that looks encoded twice: most texts have none. */
    private @Nullable Plausibility plausibility;

    private double[] scores = {};
    private final Map<String, Double> gains = new HashMap<>();
    private int unlike;

    private DoubleEncoding() {}

    /**
     * A text.
     *
     * @param places how many places were repaired
     * @param left how many places look encoded twice and were left as they are
     */
    public record Repaired(String text, int places, int left) {}

    /** {@return the repaired text, or the same one when there was nothing to repair} */
    public static Repaired repair(String text) {
        int most = 0;
        var repaired = new Repaired(text, 0, 0);
        for (int i = 0; i < TIMES; i++) {
            repaired = new DoubleEncoding().repairOnce(repaired.text);
            most = Math.max(most, repaired.places);
            if (repaired.places == 0) {
                break;
            }
        }
        return new Repaired(repaired.text, most, repaired.left);
    }

    /**
     * A place that looks encoded twice.
     *
     * @param length in characters
     * @param meant the character that comes out
     */
    private record Place(int length, String meant) {}

    private Repaired repairOnce(String text) {
        var inWords = pass(text, false);
        if (inWords.left == 0 || unlike > 0) {
            return inWords;
        }
        return pass(text, true);
    }

    private Repaired pass(String text, boolean alone) {
        var repaired = new StringBuilder();
        int kept = 0;
        int places = 0;
        int left = 0;
        unlike = 0;
        var length = text.length();
        for (int at = 0; at < length; ) {
            if (text.charAt(at) < 0x80) {
                at++;
                continue;
            }
            var before =
                    at > kept || repaired.isEmpty() ? charAt(text, at - 1) : repaired.charAt(repaired.length() - 1);
            var place = place(text, at, before);
            if (place == null) {
                unlike++;
                at++;
                continue;
            }
            var end = at + place.length;
            if (alone || isOfWord(before) || isOfWord(charAt(text, end))) {
                repaired.append(text, kept, at).append(place.meant);
                kept = end;
                places++;
            } else {
                left++;
            }
            at = end;
        }
        return places == 0
                ? new Repaired(text, 0, left)
                : new Repaired(repaired.append(text, kept, text.length()).toString(), places, left);
    }

    private @Nullable Place place(String text, int at, char before) {
        if (charAt(text, at + 1) < 0x80) {
            return null; // no character has one byte only
        }
        for (var misreading : Misreadings.ALL) {
            var place = misreading.placeAt(text, at);
            if (place != null && gain(before, text, at, place) >= CLEAR) {
                return place;
            }
        }
        return null;
    }

    /** {@return by how much the character that comes out is more probable than those that are there} */
    private double gain(char before, String text, int at, Place place) {
        var meant = place.meant;
        var there = text.substring(at, at + place.length);
        var behind = charAt(text, at + place.length);
        return gains.computeIfAbsent(before + there + meant + behind, _ -> {
            double now = 0;
            for (int i = 0; i < there.length(); i++) {
                now += score(
                        there.charAt(i),
                        i == 0 ? before : there.charAt(i - 1),
                        i + 1 == there.length() ? behind : there.charAt(i + 1));
            }
            var c = meant.charAt(0);
            return (c >= 0x3000 ? EAST_ASIAN : score(c, before, behind)) - now;
        });
    }

    private double score(char c, char before, char behind) {
        if (plausibility == null) {
            plausibility = Plausibility.inAnyLanguage();
            scores = plausibility.begin();
        }
        plausibility.scores(c, Neighbor.of(before), Neighbor.of(behind), scores);
        return Plausibility.best(scores);
    }

    private static boolean isOfWord(char c) {
        return Character.isLetterOrDigit(c);
    }

    private static char charAt(String text, int at) {
        return at < 0 || at >= text.length() ? '\n' : text.charAt(at);
    }

    /** The encodings in which UTF-8 is misread most often, made when the first text needs them. */
    private static final class Misreadings {
        static final List<Misreading> ALL = List.of(
                new Misreading("windows-1252"),
                new Misreading("macintosh"),
                new Misreading("IBM850"),
                new Misreading("IBM437"),
                new Misreading("windows-1250"));
    }

    /** An encoding in which UTF-8 was read by mistake. */
    private static final class Misreading {
        private static final int FIRST_LEAD = 0xC2;
        private static final int LAST_LEAD = 0xF4;
        /** The characters of the encodings are below this one. */
        private static final int END = 0x2600;

        /** The byte of each character; 0 for a character that the encoding does not have. */
        private final byte[] bytes = new byte[END];

        /** Most programs read bytes that an encoding leaves undefined as control characters. */
        Misreading(String name) {
            Charset charset = KnownEncodings.find(name).orElseThrow();
            for (int b = 0x80; b <= 0xFF; b++) {
                var read = new String(new byte[] {(byte) b}, charset).charAt(0);
                if (read < END) {
                    bytes[read] = (byte) b;
                }
                if (b < 0xA0 && bytes[b] == 0) {
                    bytes[b] = (byte) b;
                }
            }
        }

        /** {@return the place that begins here, if UTF-8 bytes of one character were read as its characters} */
        @Nullable Place placeAt(String text, int at) {
            var lead = byteAt(text, at) & 0xFF;
            if (lead < FIRST_LEAD || lead > LAST_LEAD) {
                return null;
            }
            var sequence = new byte[4];
            int length = 0;
            for (int b = lead; length < sequence.length && b != 0; b = byteAt(text, at + length)) {
                sequence[length++] = (byte) b;
            }
            var whole = Utf8.lengthAt(sequence, 0, length);
            return whole == 0 ? null : new Place(whole, new String(sequence, 0, whole, UTF_8));
        }

        private byte byteAt(String text, int at) {
            var c = at < text.length() ? text.charAt(at) : 0;
            return c < END ? bytes[c] : 0;
        }
    }
}
