/** Guesses what a file is by its first bytes. */
@NullMarked
package io.sluice.imports.file;

import org.jspecify.annotations.NullMarked;
