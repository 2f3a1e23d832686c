package io.sluice.embedder.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;

/** Lets the server's mapper read an image of the largest size taken in, which is longer in base64 than Jackson's limit. */
@Singleton
final class LargeTexts implements BeanCreatedEventListener<ObjectMapper> {
    @Override
    public ObjectMapper onCreated(BeanCreatedEvent<ObjectMapper> event) {
        var factory = event.getBean().getFactory();
        factory.setStreamReadConstraints(factory.streamReadConstraints()
                .rebuild()
                .maxStringLength(EmbedController.MAX_BODY)
                .build());
        return event.getBean();
    }
}
