package io.sluice.embedder.model;

import io.sluice.embedder.model.WordPieces.Tokens;
import java.util.List;
import java.util.Set;

/**
 * A batch of texts as a network reads it: rows of ids of one length, and a mask that marks the ids that are not
 * padding.
 *
 * @param rows the number of rows; rows beyond the texts repeat the last text
 * @param length the number of ids of a row
 * @param padId the id that pads a row
 */
record TokenBatch(List<Tokens> texts, int rows, int length, long padId) {
    static final String IDS = "input_ids";
    static final String MASK = "attention_mask";
    static final String TYPES = "token_type_ids";
    /** The names of all inputs that a network for texts may have. */
    static final Set<String> INPUTS = Set.of(IDS, MASK, TYPES);

    /** {@return a batch of the texts, padded to the longest of them} */
    static TokenBatch toTheLongest(List<Tokens> texts, long padId) {
        var longest = texts.stream().mapToInt(Tokens::count).max().orElseThrow();
        return new TokenBatch(texts, texts.size(), longest, padId);
    }

    /** Fills the inputs of a run that its network has. */
    void fill(OnnxRun run, Set<String> inputs) {
        var ids = run.longs(IDS, rows, length);
        for (int row = 0; row < rows; row++) {
            // an extra row repeats the last text, because a row of only padding gives a vector without a direction
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
