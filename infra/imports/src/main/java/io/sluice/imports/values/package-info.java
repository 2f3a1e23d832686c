/** Which values of a row are right, and the one form in which they are written. */
@NullMarked
package io.sluice.imports.values;

import org.jspecify.annotations.NullMarked;
