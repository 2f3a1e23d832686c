package io.sluice.local.demo;

/** The demo did not see what it should have seen; the message says what, in one sentence. */
public final class DemoFailedException extends Exception {
    public DemoFailedException(String message) {
        super(message);
    }
}
