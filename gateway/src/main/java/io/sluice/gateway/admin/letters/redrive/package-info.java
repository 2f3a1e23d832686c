/** Sends dead letters back, and discards them. */
@NullMarked
package io.sluice.gateway.admin.letters.redrive;

import org.jspecify.annotations.NullMarked;
