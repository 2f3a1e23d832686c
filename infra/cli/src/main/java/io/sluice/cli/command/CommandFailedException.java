package io.sluice.cli.command;

/** A verb failed. The message is one line for the person at the keyboard; the exit code is 1. */
public final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CommandFailedException(String message) {
        super(message);
    }
}
