/** HTTP in, Kafka out: takes products in, follows their jobs and searches what came of them. */
@Configuration
@Requires(property = "sluice.service", value = "gateway")
@NullMarked
package io.sluice.gateway;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
