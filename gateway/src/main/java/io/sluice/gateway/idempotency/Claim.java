package io.sluice.gateway.idempotency;

import io.sluice.schemas.job.Job;

/** What a call with a key may do. */
public sealed interface Claim {
    /**
     * It is the first: it makes the job of this id. Nobody else with the key is let in until it is released.
     *
     * @param fingerprint to be kept with the job
     * @param release to be called when the call is answered, or its caller is gone; more than once does no harm
     */
    record First(String jobId, Fingerprint fingerprint, Runnable release) implements Claim {}

    /** It was sent before, with the same content: this is its job. */
    record Repeated(Job job) implements Claim {}
}
