package io.sluice.embedder.model;

import io.sluice.embedder.model.WordPieces.Tokens;
import io.sluice.schemas.product.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Sentences to vectors with a BERT-like network: tokens in, a vector for each token out, their mean (padding left out) as
 * the sentence's vector, scaled to length 1. Texts are padded to the longest of the list only.
 *
 * <p>Many threads may encode at once. Closing waits for them, because native code crashes when it is torn down in use.
 */
final class SentenceEncoder implements AutoCloseable {
    static final int DIMENSION = 384;
    /** Where all-MiniLM-L6-v2 stops reading: its authors trained it on 256 word pieces at most. */
    static final int MAX_TOKENS = 256;

    static final String REVISION = "all-minilm-l6-v2-fp32-256";

    private static final String NETWORK = "/all-minilm-l6-v2.onnx";
    private static final String VOCABULARY = "/all-minilm-l6-v2-tokenizer.json";

    private final WordPieces tokenizer;
    private final OnnxSession session;
    private final ReadWriteLock closing = new ReentrantReadWriteLock();
    private boolean closed;

    private SentenceEncoder(WordPieces tokenizer, OnnxSession session) {
        this.tokenizer = tokenizer;
        this.session = session;
    }

    static SentenceEncoder miniLm() {
        var tokenizer = WordPieces.fromResource(VOCABULARY, MAX_TOKENS);
        return new SentenceEncoder(tokenizer, OnnxSession.fromResource(NETWORK));
    }

    List<Embedding> encode(List<String> texts) {
        if (texts.isEmpty()) {
            return List.of();
        }
        closing.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the model is closed");
            }
            return encoded(texts.stream().map(tokenizer::tokenize).toList());
        } finally {
            closing.readLock().unlock();
        }
    }

    private List<Embedding> encoded(List<Tokens> sentences) {
        var longest = sentences.stream().mapToInt(Tokens::count).max().orElseThrow();
        var states = session.hiddenStates(padded(sentences, longest), sentences.size(), longest, DIMENSION);
        var embeddings = new ArrayList<Embedding>(sentences.size());
        for (int i = 0; i < sentences.size(); i++) {
            embeddings.add(
                    mean(states, i * longest * DIMENSION, sentences.get(i).count()));
        }
        return embeddings;
    }

    private static OnnxSession.Inputs padded(List<Tokens> sentences, int longest) {
        var ids = new long[sentences.size() * longest];
        var mask = new long[ids.length];
        for (int i = 0; i < sentences.size(); i++) {
            sentences.get(i).copyInto(ids, mask, i * longest);
        }
        return new OnnxSession.Inputs(ids, mask);
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
        closing.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                session.close();
                tokenizer.close();
            }
        } finally {
            closing.writeLock().unlock();
        }
    }
}
