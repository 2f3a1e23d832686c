package io.sluice.runtime.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;

/** Applies the JSON conventions of the topics to the HTTP server's mapper, so that JSON looks the same everywhere. */
@Singleton
final class JsonConventions implements BeanCreatedEventListener<ObjectMapper> {
    @Override
    public ObjectMapper onCreated(BeanCreatedEvent<ObjectMapper> event) {
        return JsonCodec.configure(event.getBean());
    }
}
