package io.sluice.gateway.photo.upload;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;

/** Has the queue say, when the gateway has started, how many photos wait. The start does not wait for the brokers. */
@Singleton
final class FirstLook implements ApplicationEventListener<ServerStartupEvent> {
    private final PhotoQueue queue;

    FirstLook(PhotoQueue queue) {
        this.queue = queue;
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        Thread.ofVirtual().name("photo-queue").start(queue::waiting);
    }
}
