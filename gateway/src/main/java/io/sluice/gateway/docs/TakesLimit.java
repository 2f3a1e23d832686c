package io.sluice.gateway.docs;

import io.swagger.v3.oas.annotations.Parameter;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Adds the parameter {@code limit}, the largest number of results of a call, to the OpenAPI document. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Parameter(name = "limit", ref = "#/components/parameters/Limit")
public @interface TakesLimit {}
