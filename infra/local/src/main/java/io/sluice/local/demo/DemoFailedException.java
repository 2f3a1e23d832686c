package io.sluice.local.demo;

import io.sluice.client.http.Problem;

/** The demo found something unexpected. The message is one sentence about it. */
public final class DemoFailedException extends Exception {
    public DemoFailedException(String message) {
        super(message);
    }

    /** {@return the failure of a call that the gateway refused} */
    static DemoFailedException refused(String what, Problem problem) {
        return new DemoFailedException(what + " was answered " + problem);
    }
}
