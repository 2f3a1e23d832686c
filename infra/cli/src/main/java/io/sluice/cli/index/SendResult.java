package io.sluice.cli.index;

/** What the gateway, or this side, said to an entry. */
sealed interface SendResult {
    ProductEntry entry();

    /** It is taken in; its job tells the rest. */
    record Accepted(ProductEntry entry, String jobId) implements SendResult {}

    /** It is not, and sending it again as it is would not help. */
    record Rejected(ProductEntry entry, String reason) implements SendResult {}
}
