/** Access to Postgres: pool, settings, schema migrations, error translation, and help with arrays and JSON columns. */
@NullMarked
package io.sluice.stores.postgres;

import org.jspecify.annotations.NullMarked;
