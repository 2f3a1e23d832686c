/** The HTTP gateway: accepts products and imports as events in Kafka, shows their jobs, and searches products. */
@Configuration
@Requires(property = "sluice.service", value = "gateway")
@NullMarked
package io.sluice.gateway;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
