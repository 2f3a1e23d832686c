/** The entry point of the Java client of our HTTP API. Each feature of the API has a package of its own. */
@NullMarked
package io.sluice.client;

import org.jspecify.annotations.NullMarked;
