/** Postgres for any entity: the pool and its settings, the schema, what errors mean, and small aids for JDBC. */
@NullMarked
package io.sluice.stores.postgres;

import org.jspecify.annotations.NullMarked;
