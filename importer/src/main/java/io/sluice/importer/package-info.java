/** Spreadsheets in, rows out; what cannot be a row comes out with the reason. */
@Configuration
@Requires(property = "sluice.service", value = "importer")
@NullMarked
package io.sluice.importer;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
