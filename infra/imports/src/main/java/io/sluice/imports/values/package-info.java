/** Checks the values of a row, and writes each in the one form of its type. */
@NullMarked
package io.sluice.imports.values;

import org.jspecify.annotations.NullMarked;
