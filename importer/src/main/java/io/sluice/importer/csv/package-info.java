/** Tables that are text: their encoding, delimiter and quotes are found by looking. */
@NullMarked
package io.sluice.importer.csv;

import org.jspecify.annotations.NullMarked;
