package io.sluice.cli.index;

/** What the gateway, or this side, said to an entry. */
sealed interface Result {
    Entry entry();

    /** It is taken in; its job tells the rest. */
    record Accepted(Entry entry, String jobId) implements Result {}

    /** It is not, and sending it again as it is would not help. */
    record Rejected(Entry entry, String reason) implements Result {}
}
