package io.sluice.gateway.idempotency;

import io.swagger.v3.oas.annotations.Parameter;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Adds the header with the {@link IdempotencyKey} of a call to the OpenAPI document. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Parameter(name = IdempotencyKey.HEADER, ref = "#/components/parameters/IdempotencyKey")
public @interface TakesIdempotencyKey {}
