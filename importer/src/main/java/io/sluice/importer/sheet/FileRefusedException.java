package io.sluice.importer.sheet;

import io.sluice.runtime.FailureCode;
import org.jspecify.annotations.Nullable;

/** A file as a whole cannot be imported. The message is one sentence for whoever sent it: what is wrong, what to do. */
public final class FileRefusedException extends RuntimeException {
    private final FailureCode code;

    public FileRefusedException(FailureCode code, String message) {
        this(code, message, null);
    }

    public FileRefusedException(FailureCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** {@return which of the ways to be wrong it is} */
    public FailureCode code() {
        return code;
    }

    /** {@return what to say to whoever sent the file} */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
