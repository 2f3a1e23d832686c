/** Imports of files, and the rows in them. */
@NullMarked
package io.sluice.schemas.imports;

import org.jspecify.annotations.NullMarked;
