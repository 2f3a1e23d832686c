/** The embedder: adds vectors to the products of a topic, and makes vectors of queries over HTTP. */
@Configuration
@Requires(property = "sluice.service", value = "embedder")
@NullMarked
package io.sluice.embedder;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
