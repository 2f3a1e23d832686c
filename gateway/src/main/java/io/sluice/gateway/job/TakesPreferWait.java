package io.sluice.gateway.job;

import io.swagger.v3.oas.annotations.Parameter;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says in the OpenAPI document that a caller may choose how long a call waits, as {@link Wait} reads it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Parameter(name = Wait.PREFER, ref = "#/components/parameters/Prefer")
public @interface TakesPreferWait {}
