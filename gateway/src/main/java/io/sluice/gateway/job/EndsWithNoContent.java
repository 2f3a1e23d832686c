package io.sluice.gateway.job;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Adds the answer of an event stream to a listener that has received every event to the OpenAPI document. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@ApiResponse(
        responseCode = "204",
        description = "`Last-Event-ID` is the last event of the stream: do not connect again",
        content = @Content)
public @interface EndsWithNoContent {}
