package io.sluice.local.demo;

/** The demo found something unexpected. The message is one sentence about it. */
public final class DemoFailedException extends Exception {
    public DemoFailedException(String message) {
        super(message);
    }
}
