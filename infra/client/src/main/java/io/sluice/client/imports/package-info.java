/** The calls for imports: sending a file, following it, its rejected rows. */
@NullMarked
package io.sluice.client.imports;

import org.jspecify.annotations.NullMarked;
