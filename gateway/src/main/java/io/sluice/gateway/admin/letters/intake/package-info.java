/** Reads the dead-letter topics, and notes each letter in Postgres. */
@NullMarked
package io.sluice.gateway.admin.letters.intake;

import org.jspecify.annotations.NullMarked;
