/** Which column of a file is which field of a kind, recognized by its header. */
@NullMarked
package io.sluice.imports.columns;

import org.jspecify.annotations.NullMarked;
