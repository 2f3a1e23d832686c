package io.sluice.local.demo;

import java.util.concurrent.atomic.AtomicInteger;

/** How many products of one way into Sluice are where they should be. */
final class IntakeCount {
    private final String name;
    private final int total;
    private final AtomicInteger done = new AtomicInteger();

    IntakeCount(String name, int total) {
        this.name = name;
        this.total = total;
    }

    void advance() {
        done.incrementAndGet();
    }

    boolean isComplete() {
        return done.get() >= total;
    }

    String progress() {
        return name + " " + done.get() + "/" + total;
    }
}
