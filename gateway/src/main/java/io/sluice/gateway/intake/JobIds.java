package io.sluice.gateway.intake;

/** Generates ids for jobs and stored files. */
@FunctionalInterface
public interface JobIds {
    /** {@return a new, unique id} */
    String next();
}
