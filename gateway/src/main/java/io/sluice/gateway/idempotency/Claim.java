package io.sluice.gateway.idempotency;

import io.sluice.schemas.job.Job;

/** The decision about a call with an idempotency key: create the job, or answer with the existing job. */
public sealed interface Claim {
    /**
     * The call is the first with its key, so it creates the job with this id. The gateway refuses other calls with the
     * key until the claim is released.
     *
     * @param fingerprint to be stored with the job
     * @param release to be called when the call is answered or its caller has disconnected; may be called more than
     *     once
     */
    record First(String jobId, Fingerprint fingerprint, Runnable release) implements Claim {}

    /** The call was sent before with the same content, and this is its job. */
    record Repeated(Job job) implements Claim {}
}
