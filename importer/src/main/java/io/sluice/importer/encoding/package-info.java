/** Finds out the encoding of a text by evidence, and turns its bytes into characters. */
@NullMarked
package io.sluice.importer.encoding;

import org.jspecify.annotations.NullMarked;
