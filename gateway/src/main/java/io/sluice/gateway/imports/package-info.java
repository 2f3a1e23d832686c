/** Imports of files: taken in, followed, stopped, and what was wrong with their rows. */
@NullMarked
package io.sluice.gateway.imports;

import org.jspecify.annotations.NullMarked;
