/** What the rows of one kind of import hold, read from a file that an operator can write. */
@NullMarked
package io.sluice.imports.kind;

import org.jspecify.annotations.NullMarked;
