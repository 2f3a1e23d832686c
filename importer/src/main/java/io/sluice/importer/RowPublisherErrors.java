package io.sluice.importer;

import io.sluice.importer.RowPublisher.RowsNotPublishedException;
import io.sluice.runtime.Failure;
import io.sluice.runtime.FailureTranslator;
import io.sluice.runtime.PublishErrors;
import java.util.Optional;

/**
 * A row that Kafka does not take waits for Kafka. What is too large for it would wait for ever: rows are cut to size before,
 * but a topic may be set to take less.
 */
final class RowPublisherErrors implements FailureTranslator {
    @Override
    public Optional<Failure> translate(Throwable thrown) {
        return thrown instanceof RowsNotPublishedException ? Optional.of(PublishErrors.of(thrown)) : Optional.empty();
    }
}
