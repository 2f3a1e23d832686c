/**
 * The indexer writes products to the ledger and their vectors to the vector store, and writes rows of imports to
 * tables.
 */
@Configuration
@Requires(property = "sluice.service", value = "indexer")
@NullMarked
package io.sluice.indexer;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
