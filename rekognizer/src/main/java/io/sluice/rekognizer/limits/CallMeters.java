package io.sluice.rekognizer.limits;

import io.micrometer.core.instrument.MeterRegistry;

/** The metrics of the calls of Rekognition. */
final class CallMeters {
    /** The calls that were made, by operation and outcome: {@code succeeded}, {@code throttled} or {@code failed}. */
    static final String CALLS = "sluice.rekognition.calls";

    private final MeterRegistry registry;

    CallMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Shows how much of the limits is used. */
    CallMeters watch(CallPermits permits, CallPace pace) {
        registry.gauge("sluice.rekognition.permits", permits, CallPermits::held);
        registry.gauge("sluice.rekognition.in.flight", permits, CallPermits::inFlight);
        registry.gauge("sluice.rekognition.rate", pace, CallPace::perSecond);
        registry.gauge("sluice.rekognition.budget.left", pace, CallPace::left);
        return this;
    }

    void succeeded(String operation) {
        count(operation, "succeeded");
    }

    void throttled(String operation) {
        count(operation, "throttled");
    }

    void failed(String operation) {
        count(operation, "failed");
    }

    private void count(String operation, String outcome) {
        registry.counter(CALLS, "operation", operation, "outcome", outcome).increment();
    }
}
