package io.sluice.runtime.kafka;

/**
 * The client ids of a service's Kafka clients, as their metrics, their logs and the brokers' quotas use them.
 *
 * @param prefix {@code sluice-} and the service, unless the deployment says otherwise ({@code kafka.client.id})
 */
public record ClientIds(String prefix) {
    /** {@return the id of the client that does this work, such as {@code sluice-indexer-indexer-builtin-1-0}} */
    public String of(String work) {
        return prefix + "-" + work;
    }
}
