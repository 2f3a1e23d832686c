package io.sluice.embedder.model;

import ai.onnxruntime.OnnxJavaType;
import io.sluice.embedder.model.WordPieces.Tokens;
import java.util.List;
import java.util.Set;

/**
 * Writes texts as CLIP reads them: padded to the longest text of a run. The attention of a token looks back only, and
 * never at padding, so padding changes the time but not the vector.
 *
 * @param padId the id that pads short texts
 * @param tokens the number of ids of every text in an export of fixed length, otherwise 0
 */
record TextFeed(long padId, int tokens) implements Feed<Tokens> {
    @Override
    public String main() {
        return TokenBatch.IDS;
    }

    @Override
    public Set<String> known() {
        return TokenBatch.INPUTS;
    }

    @Override
    public OnnxJavaType type() {
        return OnnxJavaType.INT64;
    }

    @Override
    public String output() {
        return "text_embeds";
    }

    @Override
    public void fill(OnnxRun run, List<Tokens> texts, int rows, Set<String> inputs) {
        var longest = texts.stream().mapToInt(Tokens::count).max().orElseThrow();
        new TokenBatch(texts, rows, tokens > 0 ? tokens : longest, padId).fill(run, inputs);
    }
}
