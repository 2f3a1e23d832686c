package io.sluice.rekognition.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.rekognition.protocol.Credentials;
import io.sluice.rekognition.protocol.Rejection;
import io.sluice.rekognition.protocol.Request;

/** One operation of Rekognition. */
@FunctionalInterface
public interface Operation {
    /**
     * {@return the members of the answer}
     *
     * @throws Rejection when the request is answered with an error
     */
    ObjectNode answer(Request request, Credentials caller);
}
