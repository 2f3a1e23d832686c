package io.sluice.embedder;

import java.net.BindException;
import org.jspecify.annotations.Nullable;

/** What stops a start, in the one sentence that says what to do; the framework's wrappings stay behind as the cause. */
final class StartErrors {
    private StartErrors() {}

    static RuntimeException explain(RuntimeException thrown) {
        @Nullable String sentence = null;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                sentence = "The embedder's port is taken: stop the program that has it, or set SLUICE_EMBEDDER_PORT";
            } else if (cause instanceof IllegalStateException || cause instanceof IllegalArgumentException) {
                sentence = cause.getMessage(); // the innermost is ours
            }
        }
        return sentence == null ? thrown : new IllegalStateException(sentence, thrown);
    }
}
