package io.sluice.runtime;

/**
 * The name of one kind of failure. Each module implements it with one enum. Each constant's Javadoc says what the
 * operator should do. Codes are contract: they are metric tags and the {@code x-error-class} header, and are never
 * renamed.
 */
public interface FailureCode {
    /** {@return the code as metrics and headers show it} */
    String name();
}
