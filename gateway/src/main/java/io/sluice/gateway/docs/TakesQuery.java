package io.sluice.gateway.docs;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the query parameters that a call takes. A call without this annotation takes none. Any other parameter is
 * refused. A test compares the names with the OpenAPI document, whose annotations do not exist at run time.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface TakesQuery {
    /** The names of the parameters. */
    String[] value();
}
