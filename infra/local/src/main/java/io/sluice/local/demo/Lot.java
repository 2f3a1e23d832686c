package io.sluice.local.demo;

import java.util.concurrent.atomic.AtomicInteger;

/** How far one way into Sluice has come. */
final class Lot {
    private final String name;
    private final int total;
    private final AtomicInteger done = new AtomicInteger();

    Lot(String name, int total) {
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
