package io.sluice.embedder.model;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.sluice.embedder.bundle.UnusableModelException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A tokenizer from a {@code tokenizer.json}. It turns a text into the ids of its pieces, and cuts it after a given
 * number.
 */
public final class WordPieces implements AutoCloseable {
    private final HuggingFaceTokenizer tokenizer;

    private WordPieces(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** The ids of one text's pieces, special ones included. */
    public static final class Tokens {
        private final long[] ids;

        private Tokens(long[] ids) {
            this.ids = ids;
        }

        /** {@return the number of ids} */
        public int count() {
            return ids.length;
        }

        void copyInto(LongBuffer buffer, int at) {
            buffer.put(at, ids);
        }
    }

    /** {@return the tokenizer in a file on the class path} */
    public static WordPieces fromResource(String name, int maxTokens) {
        try (var json = ClassPath.open(name)) {
            return of(json, maxTokens);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Loads the tokenizer in a file.
     * @throws UnusableModelException when the file is not a tokenizer
     */
    static WordPieces fromFile(Path file, int maxTokens) {
        try (var json = Files.newInputStream(file)) {
            return of(json, maxTokens);
        } catch (IOException | RuntimeException e) {
            throw new UnusableModelException(
                    "%s cannot be loaded as a tokenizer (%s): copy or pull the file again"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    private static WordPieces of(InputStream json, int maxTokens) throws IOException {
        stayLocal();
        var length = Integer.toString(maxTokens);
        return new WordPieces(HuggingFaceTokenizer.newInstance(
                json, Map.of("padding", "false", "truncation", "true", "maxLength", length, "modelMaxLength", length)));
    }

    /**
     * Stops the library from using the network (it would look for updates and report its use) and from looking for a
     * GPU. Settings of the operator win. The library unpacks its native part into the folder {@code DJL_CACHE_DIR}.
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

    /** {@return a text of one piece with this id} */
    static Tokens single(long id) {
        return new Tokens(new long[] {id});
    }

    /** Returns the pieces of a text. Many threads may call at once. */
    public Tokens tokenize(String text) {
        return new Tokens(tokenizer.encode(text).getIds());
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
