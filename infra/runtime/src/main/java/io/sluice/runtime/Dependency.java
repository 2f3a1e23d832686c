package io.sluice.runtime;

/** A store or server that a pipeline cannot work without, and a way to ask whether it answers. */
public interface Dependency {
    /** {@return its name in logs, metrics and health, such as {@code postgres}} */
    String name();

    /**
     * Sends it a cheap request. The implementation sets a deadline of a few seconds at most.
     *
     * @throws Exception when it does not answer
     */
    void probe() throws Exception;
}
