package io.sluice.runtime.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;

/** Teaches the HTTP server's mapper the conventions of the topics, so that JSON looks the same everywhere. */
@Singleton
final class JsonConventions implements BeanCreatedEventListener<ObjectMapper> {
    @Override
    public ObjectMapper onCreated(BeanCreatedEvent<ObjectMapper> event) {
        return JsonCodec.configure(event.getBean());
    }
}
