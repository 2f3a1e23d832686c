/** The search call. */
@NullMarked
package io.sluice.client.search;

import org.jspecify.annotations.NullMarked;
