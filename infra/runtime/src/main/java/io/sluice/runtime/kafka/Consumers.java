package io.sluice.runtime.kafka;

import org.apache.kafka.clients.consumer.Consumer;

/** Makes consumers of bytes, which the callers close. In a service, micronaut-kafka builds them. */
@FunctionalInterface
public interface Consumers {
    /** {@return a new consumer with the deployment's settings for Kafka; the caller's own settings win over them} */
    Consumer<byte[], byte[]> create(ConsumerSpec spec);
}
