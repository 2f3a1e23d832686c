package io.sluice.importer;

import io.sluice.importer.RowPublisher.RowsNotPublishedException;
import io.sluice.runtime.Failure;
import io.sluice.runtime.FailureTranslator;
import io.sluice.runtime.PublishErrors;
import java.util.Optional;

/**
 * A row that Kafka does not take waits until Kafka is back. A row that is too large for the topic fails: rows are kept
 * small enough for our own settings, but an operator may set the topic to take less.
 */
final class RowPublisherErrors implements FailureTranslator {
    @Override
    public Optional<Failure> translate(Throwable thrown) {
        return thrown instanceof RowsNotPublishedException ? Optional.of(PublishErrors.of(thrown)) : Optional.empty();
    }
}
