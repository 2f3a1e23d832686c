package io.sluice.imports.kind;

/** The file of a kind is wrong. The message names the file, the place in it, and what to write there. */
public final class UnusableKindException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableKindException(String message, Throwable cause) {
        super(message, cause);
    }
}
