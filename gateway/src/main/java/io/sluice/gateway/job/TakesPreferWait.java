package io.sluice.gateway.job;

import io.swagger.v3.oas.annotations.Parameter;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Adds the header {@code Prefer} of a call, which {@link Wait} reads, to the OpenAPI document. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Parameter(name = Wait.PREFER, ref = "#/components/parameters/Prefer")
public @interface TakesPreferWait {}
