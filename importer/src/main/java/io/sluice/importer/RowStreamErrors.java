package io.sluice.importer;

import io.sluice.importer.RowStream.RowsNotTakenException;
import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Scope;
import io.sluice.runtime.FailureTranslator;
import io.sluice.runtime.RuntimeFailure;
import java.util.Optional;

/** A row that Kafka does not take is Kafka's fault: none that is too large for it is ever sent. */
final class RowStreamErrors implements FailureTranslator {
    @Override
    public Optional<Failure> translate(Throwable thrown) {
        return thrown instanceof RowsNotTakenException
                ? Optional.of(new Retryable(
                        RuntimeFailure.KAFKA_UNAVAILABLE, "Kafka does not take rows", Scope.DEPENDENCY, thrown))
                : Optional.empty();
    }
}
