/**
 * Reads spreadsheets and publishes their rows; a row that cannot be imported is published as a rejection with its
 * reasons.
 */
@Configuration
@Requires(property = "sluice.service", value = "importer")
@NullMarked
package io.sluice.importer;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
