package io.sluice.runtime.kafka;

import org.apache.kafka.clients.consumer.Consumer;

/** Makes consumers of bytes, which are their callers' to close. In a service, micronaut-kafka builds them. */
@FunctionalInterface
public interface Consumers {
    /** {@return a new consumer with everything the deployment sets for Kafka, and the caller's own settings above it} */
    Consumer<byte[], byte[]> create(ConsumerSpec spec);
}
