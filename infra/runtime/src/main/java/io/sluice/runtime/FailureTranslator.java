package io.sluice.runtime;

import java.util.Optional;

/** The table that says what a vendor's exceptions mean. */
@FunctionalInterface
public interface FailureTranslator {
    /** {@return the failure that the exception stands for; empty when this table does not know it} */
    Optional<Failure> translate(Throwable thrown);

    /** {@return a table that asks this one first, and {@code next} for what it does not know} */
    default FailureTranslator or(FailureTranslator next) {
        return thrown -> translate(thrown).or(() -> next.translate(thrown));
    }
}
