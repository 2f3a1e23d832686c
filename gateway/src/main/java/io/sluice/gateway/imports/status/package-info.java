/** What became of imports: their counts, their rejected rows, and how one is stopped. */
@NullMarked
package io.sluice.gateway.imports.status;

import org.jspecify.annotations.NullMarked;
