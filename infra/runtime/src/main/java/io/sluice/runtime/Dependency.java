package io.sluice.runtime;

/** Something a pipeline cannot work without, and how to ask whether it is there. */
public interface Dependency {
    /** {@return its name in logs, metrics and health, such as {@code postgres}} */
    String name();

    /**
     * Asks it something cheap, within a deadline of its own of a few seconds at most.
     *
     * @throws Exception when it is not there
     */
    void probe() throws Exception;
}
