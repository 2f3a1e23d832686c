package io.sluice.embedder.model;

import io.sluice.embedder.model.WordPieces.Tokens;
import io.sluice.schemas.product.Embedding;
import java.util.ArrayList;
import java.util.List;

/**
 * Sentences to vectors with a BERT-like network: tokens in, a vector for each token out, their mean (padding left out) as
 * the sentence's vector, scaled to length 1. Texts are padded to the longest of the list only. Many threads may encode at
 * once.
 */
final class SentenceEncoder implements AutoCloseable {
    static final int DIMENSION = 384;
    /** Where all-MiniLM-L6-v2 stops reading: its authors trained it on 256 word pieces at most. */
    static final int MAX_TOKENS = 256;

    static final String REVISION = "all-minilm-l6-v2-fp32-256";

    private static final String NETWORK = "/all-minilm-l6-v2.onnx";
    private static final String VOCABULARY = "/all-minilm-l6-v2-tokenizer.json";

    private static final String HIDDEN_STATES = "last_hidden_state";

    private final WordPieces tokenizer;
    private final OnnxSession session;
    private final UntilClosed open;

    private SentenceEncoder(WordPieces tokenizer, OnnxSession session) {
        this.tokenizer = tokenizer;
        this.session = session;
        this.open = new UntilClosed(() -> {
            session.close();
            tokenizer.close();
        });
    }

    static SentenceEncoder miniLm(Provider provider) {
        var tokenizer = WordPieces.fromResource(VOCABULARY, MAX_TOKENS);
        return new SentenceEncoder(tokenizer, OnnxSession.fromResource(NETWORK, provider));
    }

    List<Embedding> encode(List<String> texts) {
        return texts.isEmpty()
                ? List.of()
                : open.use(() -> encoded(texts.stream().map(tokenizer::tokenize).toList()));
    }

    private List<Embedding> encoded(List<Tokens> sentences) {
        var batch = TokenBatch.toTheLongest(sentences, 0);
        try (var run = session.prepare()) {
            batch.fill(run, TokenBatch.INPUTS);
            var states = run.run(HIDDEN_STATES, batch.rows(), batch.length(), DIMENSION);
            var embeddings = new ArrayList<Embedding>(sentences.size());
            for (int i = 0; i < sentences.size(); i++) {
                var from = i * batch.length() * DIMENSION;
                embeddings.add(mean(states, from, sentences.get(i).count()));
            }
            return embeddings;
        }
    }

    private static Embedding mean(float[] states, int from, int tokens) {
        var sum = new double[DIMENSION];
        for (int token = 0; token < tokens; token++) {
            for (int i = 0; i < DIMENSION; i++) {
                sum[i] += states[from + token * DIMENSION + i];
            }
        }
        return UnitVectors.of(sum);
    }

    @Override
    public void close() {
        open.close();
    }
}
