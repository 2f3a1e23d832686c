/** Reads tables that are text; finds out their encoding, delimiter and quotation mark. */
@NullMarked
package io.sluice.importer.csv;

import org.jspecify.annotations.NullMarked;
