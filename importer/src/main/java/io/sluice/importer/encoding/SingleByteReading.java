package io.sluice.importer.encoding;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sluice.importer.encoding.ByteContexts.Context;
import java.nio.charset.Charset;
import java.util.List;

/** Reads the contexts of a file in an encoding of one byte a character. */
final class SingleByteReading {
    private final char[] characters = new char[256];
    private final Neighbor[] neighbors = new Neighbor[256];
    private final Plausibility plausibility;

    SingleByteReading(Charset charset) {
        this.plausibility = new Plausibility(Letters.of(charset));
        for (int b = 0; b < 256; b++) {
            characters[b] = new String(new byte[] {(byte) b}, b < 0x80 ? US_ASCII : charset).charAt(0);
            neighbors[b] = Neighbor.of(characters[b]);
        }
    }

    /** {@return the log-probability of the contexts in the language that fits them best} */
    double score(List<Context> contexts) {
        var totals = plausibility.begin();
        var scores = new double[totals.length];
        for (var context : contexts) {
            plausibility.scores(
                    characters[context.at()], neighbors[context.before()], neighbors[context.behind()], scores);
            for (int i = 0; i < totals.length; i++) {
                totals[i] += context.weight() * scores[i];
            }
        }
        return Plausibility.best(totals);
    }

    /** {@return whether another encoding reads all contexts as the same characters} */
    boolean readsLike(SingleByteReading other, List<Context> contexts) {
        return contexts.stream().allMatch(context -> characters[context.at()] == other.characters[context.at()]);
    }
}
