package io.sluice.embedder.model;

import io.sluice.embedder.model.WordPieces.Tokens;
import java.util.List;
import java.util.Set;

/**
 * Texts as a network reads them: rows of ids of one length, and a mask that tells which are real.
 *
 * @param rows how many rows are fed; those beyond the texts are padding
 * @param length ids a row
 * @param padId what a row is filled up with
 */
record TokenBatch(List<Tokens> texts, int rows, int length, long padId) {
    static final String IDS = "input_ids";
    static final String MASK = "attention_mask";
    static final String TYPES = "token_type_ids";
    /** What a network that reads texts may ask for. */
    static final Set<String> INPUTS = Set.of(IDS, MASK, TYPES);

    /** {@return the texts, padded to the longest of them} */
    static TokenBatch toTheLongest(List<Tokens> texts, long padId) {
        var longest = texts.stream().mapToInt(Tokens::count).max().orElseThrow();
        return new TokenBatch(texts, texts.size(), longest, padId);
    }

    /** Fills those inputs of a run that its network asks for. */
    void fill(OnnxRun run, Set<String> inputs) {
        var ids = run.longs(IDS, rows, length);
        for (int row = 0; row < rows; row++) {
            // an empty row repeats the last text: a row of nothing but padding has no direction
            var text = texts.get(Math.min(row, texts.size() - 1));
            text.copyInto(ids, row * length);
            for (int at = text.count(); at < length; at++) {
                ids.put(row * length + at, padId);
            }
        }
        if (inputs.contains(MASK)) {
            var mask = run.longs(MASK, rows, length);
            for (int row = 0; row < rows; row++) {
                var count = texts.get(Math.min(row, texts.size() - 1)).count();
                for (int at = 0; at < count; at++) {
                    mask.put(row * length + at, 1);
                }
            }
        }
        if (inputs.contains(TYPES)) {
            run.longs(TYPES, rows, length);
        }
    }
}
