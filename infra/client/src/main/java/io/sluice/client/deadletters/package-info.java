/** The calls for dead letters: reading them, sending them back, discarding them. */
@NullMarked
package io.sluice.client.deadletters;

import org.jspecify.annotations.NullMarked;
