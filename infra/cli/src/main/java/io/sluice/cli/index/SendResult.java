package io.sluice.cli.index;

/** The result of sending an entry. */
sealed interface SendResult {
    ProductEntry entry();

    /** The gateway accepted the entry. Its job reports the outcome. */
    record Accepted(ProductEntry entry, String jobId) implements SendResult {}

    /** The entry was rejected. Sending it again unchanged would not help. */
    record Rejected(ProductEntry entry, String reason) implements SendResult {}
}
