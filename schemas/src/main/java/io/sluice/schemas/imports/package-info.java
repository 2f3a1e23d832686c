/** Imports of spreadsheets, and the rows they are made of. */
@NullMarked
package io.sluice.schemas.imports;

import org.jspecify.annotations.NullMarked;
