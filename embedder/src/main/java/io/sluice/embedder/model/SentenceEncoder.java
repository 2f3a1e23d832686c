package io.sluice.embedder.model;

import io.sluice.embedder.model.WordPieces.Tokens;
import io.sluice.schemas.product.Embedding;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns sentences into vectors with a BERT-like network. The network gives a vector for each token. The sentence's
 * vector is the mean of them, without padding, scaled to length 1. Texts are padded to the longest text of the list.
 * Many threads may encode at once.
 */
final class SentenceEncoder implements AutoCloseable {
    static final int DIMENSION = 384;
    /** The tokens of a text that are read. The authors of all-MiniLM-L6-v2 trained it on 256 word pieces at most. */
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
