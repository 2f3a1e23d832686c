/** Reads the records of dead letters from their topics. */
@NullMarked
package io.sluice.gateway.admin.letters.record;

import org.jspecify.annotations.NullMarked;
