package io.sluice.runtime.kafka;

/**
 * What the Kafka clients of a service are called, in their metrics, logs, and at the brokers (quotas).
 *
 * @param prefix {@code sluice-} and the service, unless the deployment says otherwise ({@code kafka.client.id})
 */
public record ClientIds(String prefix) {
    /** {@return the id of the client that does this, such as {@code sluice-indexer-indexer-builtin-1-0}} */
    public String of(String work) {
        return prefix + "-" + work;
    }
}
