package io.sluice.embedder.model;

import ai.onnxruntime.OnnxJavaType;
import io.sluice.embedder.model.WordPieces.Tokens;
import java.util.List;
import java.util.Set;

/**
 * Texts as CLIP reads them: padded to the longest of a run. Attention looks back only, and at no padding, so that padding
 * changes nothing but the time.
 *
 * @param padId what short texts are filled up with
 * @param tokens ids that every text has in an export of fixed length, or 0
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
