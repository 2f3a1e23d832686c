package io.sluice.local.demo;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the products that are searchable, for one way into Sluice. */
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
