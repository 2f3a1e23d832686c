package io.sluice.embedder.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;

/**
 * Lets the server's mapper read an image of the largest accepted size. In base64 it is longer than Jackson's limit for
 * strings.
 */
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
