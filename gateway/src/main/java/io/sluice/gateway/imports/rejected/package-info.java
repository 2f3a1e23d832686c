/** Writes the rejected rows of an import as files that people correct and send again. */
@NullMarked
package io.sluice.gateway.imports.rejected;

import org.jspecify.annotations.NullMarked;
