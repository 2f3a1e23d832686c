/** Recognizes by its header which column of a file is which field. */
@NullMarked
package io.sluice.imports.columns;

import org.jspecify.annotations.NullMarked;
