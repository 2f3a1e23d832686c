/** Kinds of imports: the fields of their rows, read from files that an operator can write. */
@NullMarked
package io.sluice.imports.kind;

import org.jspecify.annotations.NullMarked;
