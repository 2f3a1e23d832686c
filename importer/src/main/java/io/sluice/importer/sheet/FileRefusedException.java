package io.sluice.importer.sheet;

import io.sluice.runtime.FailureCode;
import org.jspecify.annotations.Nullable;

/**
 * A file as a whole cannot be imported. The message is one sentence for the sender of the file: what is wrong, and what
 * to do.
 */
public final class FileRefusedException extends RuntimeException {
    private final FailureCode code;

    public FileRefusedException(FailureCode code, String message) {
        this(code, message, null);
    }

    public FileRefusedException(FailureCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** {@return the reason as a code} */
    public FailureCode code() {
        return code;
    }

    /** {@return the sentence for the sender of the file} */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
