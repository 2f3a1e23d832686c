package io.sluice.rekognizer.limits;

import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;

/** Ends the waiting of calls when the service stops, before its pipelines do, so that these stop soon. */
@Singleton
final class EndOfCalls {
    private final CallPermits permits;
    private final CallPace pace;

    EndOfCalls(CallPermits permits, CallPace pace) {
        this.permits = permits;
        this.pace = pace;
    }

    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void stop(ShutdownEvent event) {
        permits.stop();
        pace.stop();
    }
}
