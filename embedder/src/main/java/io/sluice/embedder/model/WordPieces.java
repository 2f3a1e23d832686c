package io.sluice.embedder.model;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;

/** A tokenizer from a {@code tokenizer.json}: text to the ids of its pieces, cut off after a given number. */
final class WordPieces implements AutoCloseable {
    private final HuggingFaceTokenizer tokenizer;

    private WordPieces(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** The ids of one text's pieces, special ones included. */
    static final class Tokens {
        private final long[] ids;

        private Tokens(long[] ids) {
            this.ids = ids;
        }

        int count() {
            return ids.length;
        }

        void copyInto(long[] allIds, long[] mask, int at) {
            System.arraycopy(ids, 0, allIds, at, ids.length);
            Arrays.fill(mask, at, at + ids.length, 1);
        }
    }

    static WordPieces fromResource(String name, int maxTokens) {
        stayLocal();
        var options = Map.of(
                "padding",
                "false",
                "truncation",
                "true",
                "maxLength",
                Integer.toString(maxTokens),
                "modelMaxLength",
                Integer.toString(maxTokens));
        try (var json = ClassPath.open(name)) {
            return new WordPieces(HuggingFaceTokenizer.newInstance(json, options));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Keeps the library from the network (it would look for updates and report its use) and from looking for a GPU. What
     * the operator has set stands; where it unpacks its native library, {@code DJL_CACHE_DIR} says.
     */
    private static void stayLocal() {
        setIfAbsent("ai.djl.offline", "true");
        setIfAbsent("OPT_OUT_TRACKING", "true");
        setIfAbsent("RUST_FLAVOR", "cpu");
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null && System.getenv(property) == null) {
            System.setProperty(property, value);
        }
    }

    Tokens tokenize(String text) {
        return new Tokens(tokenizer.encode(text).getIds());
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
