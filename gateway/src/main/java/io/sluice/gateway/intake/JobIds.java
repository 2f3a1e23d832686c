package io.sluice.gateway.intake;

/** Where job ids come from. */
@FunctionalInterface
public interface JobIds {
    /** {@return an id nobody had before} */
    String next();
}
