package io.sluice.runtime;

/**
 * The name of one way to fail, implemented by one enum per module. Each constant's Javadoc says what the operator should
 * do. Codes are contract: they are metric tags and the {@code x-error-class} header, and are never renamed.
 */
public interface FailureCode {
    /** {@return the code as it stands in metrics and headers} */
    String name();
}
