package io.sluice.runtime.process;

/** A file of environment variables cannot be read. The message tells the user where and why, and shows no value. */
public final class EnvironmentFileException extends IllegalStateException {
    EnvironmentFileException(String message) {
        super(message);
    }
}
