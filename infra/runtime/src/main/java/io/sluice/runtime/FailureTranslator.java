package io.sluice.runtime;

import java.util.Optional;

/** The one table that says what a vendor's exceptions mean. */
@FunctionalInterface
public interface FailureTranslator {
    /** {@return what the exception means; empty when this table does not know it} */
    Optional<Failure> translate(Throwable thrown);

    /** {@return a table that asks this one first, and {@code next} for what it does not know} */
    default FailureTranslator or(FailureTranslator next) {
        return thrown -> translate(thrown).or(() -> next.translate(thrown));
    }
}
