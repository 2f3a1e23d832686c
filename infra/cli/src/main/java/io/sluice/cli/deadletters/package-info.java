/** The {@code dead-letters} verb: finds records that were given up, mends them and sends them back. */
@NullMarked
package io.sluice.cli.deadletters;

import org.jspecify.annotations.NullMarked;
