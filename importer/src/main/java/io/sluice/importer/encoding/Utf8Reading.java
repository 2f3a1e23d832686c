package io.sluice.importer.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.importer.encoding.ByteContexts.Context;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Reads a file as UTF-8 that may have damaged places. */
final class Utf8Reading {
    /** A byte that is damaged costs as much as a character that is hardly ever used. */
    private static final double DAMAGED = -14;

    /** Hardly another text is valid UTF-8 by chance, so each usual character counts as evidence by its bytes, too. */
    private static final double UNDAMAGED = 3;

    /** Text that was encoded twice is full of Latin letters and signs that make no sense, and is UTF-8 all the same. */
    private static final double TWICE = -12;

    private static final char LATIN = 0x180;
    private static final char GREEK = 0x380;
    private static final char CYRILLIC_END = 0x480;
    private static final char THREE_BYTES = 0x800;

    private static final double EAST_ASIAN = -7;
    private static final int CONTEXTS = 2_000;
    /** So many characters that are no accident leave no doubt. */
    private static final int CERTAIN = 10;

    private final byte[] file;
    private int valid;
    private int certain;
    private int damaged;

    /** Looks at each byte once. */
    Utf8Reading(byte[] file) {
        this.file = file;
        int endOfLast = -1;
        for (int at = 0; at < file.length; ) {
            if (file[at] >= 0) {
                at++;
                continue;
            }
            var length = Utf8.lengthAt(file, at, file.length);
            if (length > 0) {
                valid++;
                certain += length > 2 || at == endOfLast || isUsual(twoBytes(at)) ? 1 : 0;
                at += length;
                endOfLast = at;
            } else {
                damaged++;
                at += Utf8.damageAt(file, at);
            }
        }
    }

    private char twoBytes(int at) {
        return (char) (((file[at] & 0x1F) << 6) | (file[at + 1] & 0x3F));
    }

    boolean isAscii() {
        return valid == 0 && damaged == 0;
    }

    /** {@return whether the file is UTF-8 without doubt, but for what is damaged} */
    boolean isCertain() {
        return certain >= CERTAIN && certain >= damaged && certain * 10 >= valid * 9;
    }

    boolean isPossible() {
        return valid > 0;
    }

    /** {@return the log-probability of what is outside ASCII} */
    double score() {
        var counts = new HashMap<String, Integer>();
        var damage = new ByteContexts();
        for (int at = 0; at < file.length; ) {
            if (file[at] >= 0) {
                at++;
                continue;
            }
            var length = Utf8.lengthAt(file, at, file.length);
            if (length == 0) {
                damage.add(file, at);
                at += Utf8.damageAt(file, at);
                continue;
            }
            if (counts.size() < CONTEXTS) {
                var read = new String(file, at, length, UTF_8);
                counts.merge(before(at) + read + behind(at + length), 1, Integer::sum);
            }
            at += length;
        }
        var lost = damage.most(CONTEXTS).stream().mapToDouble(Context::weight).sum();
        return score(counts) + (damaged == 0 ? UNDAMAGED * usual(counts) : DAMAGED * lost);
    }

    private static double usual(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .filter(context -> isUsual(context.getKey().charAt(1)))
                .mapToDouble(context -> ByteContexts.weight(context.getValue()))
                .sum();
    }

    private static double score(Map<String, Integer> counts) {
        var plausibility = Plausibility.inAnyLanguage();
        var totals = plausibility.begin();
        var scores = new double[totals.length];
        counts.forEach((context, count) -> {
            var weight = ByteContexts.weight(count);
            var c = context.charAt(1);
            if (c >= 0x3000) {
                Arrays.fill(scores, EAST_ASIAN);
            } else {
                plausibility.scores(
                        c, Neighbor.of(context.charAt(0)), Neighbor.of(context.charAt(context.length() - 1)), scores);
            }
            for (int i = 0; i < totals.length; i++) {
                totals[i] += weight * (c < LATIN ? Math.max(scores[i], TWICE) : scores[i]);
            }
        });
        return Plausibility.best(totals);
    }

    private String before(int at) {
        for (int start = at - 1; start >= Math.max(0, at - 4); start--) {
            if (file[start] >= 0) {
                return start == at - 1 ? String.valueOf((char) file[start]) : "\uFFFD";
            }
            if (Utf8.lengthAt(file, start, at) == at - start) {
                var read = new String(file, start, at - start, UTF_8);
                return read.substring(read.length() - 1);
            }
        }
        return at == 0 ? "\n" : "\uFFFD";
    }

    private String behind(int at) {
        if (at >= file.length) {
            return "\n";
        }
        if (file[at] >= 0) {
            return String.valueOf((char) file[at]);
        }
        var length = Utf8.lengthAt(file, at, file.length);
        return length == 0 ? "\uFFFD" : new String(file, at, length, UTF_8).substring(0, 1);
    }

    /** Latin letters, signs, Greek and Cyrillic, and whatever has three bytes. */
    private static boolean isUsual(char c) {
        return c < LATIN || (c >= GREEK && c < CYRILLIC_END) || c >= THREE_BYTES;
    }
}
