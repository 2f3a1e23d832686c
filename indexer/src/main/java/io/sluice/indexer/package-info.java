/** The indexer: products with their vectors, into the ledger and then into the vector store; rows of imports, into tables. */
@Configuration
@Requires(property = "sluice.service", value = "indexer")
@NullMarked
package io.sluice.indexer;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
