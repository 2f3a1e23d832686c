package io.sluice.bench.micro;

import io.sluice.bench.load.ProductTexts;
import io.sluice.embedder.model.WordPieces;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The tokenizer of the built-in model alone; it has a real vocabulary. */
@State(Scope.Benchmark)
public class TokenizerRun {
    /** How many texts one call has. */
    public static final int TEXTS = 32;

    private static final String VOCABULARY = "/all-minilm-l6-v2-tokenizer.json";
    private static final int MAX_TOKENS = 256;

    private final List<String> texts = IntStream.range(0, TEXTS)
            .mapToObj(i -> ProductTexts.description("text-" + i))
            .toList();
    private @Nullable WordPieces tokenizer;

    /** Loads the vocabulary. */
    @Setup
    public void load() {
        tokenizer = WordPieces.fromResource(VOCABULARY, MAX_TOKENS);
    }

    /** Frees its native memory. */
    @TearDown
    public void close() {
        Objects.requireNonNull(tokenizer).close();
    }

    /** Tokenizes texts of about fifteen words. */
    @Benchmark
    public int tokenize() {
        var pieces = Objects.requireNonNull(tokenizer);
        return texts.stream().mapToInt(text -> pieces.tokenize(text).count()).sum();
    }
}
