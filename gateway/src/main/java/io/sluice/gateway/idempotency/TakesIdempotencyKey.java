package io.sluice.gateway.idempotency;

import io.swagger.v3.oas.annotations.Parameter;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says in the OpenAPI document that a call takes an {@link IdempotencyKey}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Parameter(name = IdempotencyKey.HEADER, ref = "#/components/parameters/IdempotencyKey")
public @interface TakesIdempotencyKey {}
