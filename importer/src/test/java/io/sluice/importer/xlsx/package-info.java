/** Tests of the importer's xlsx reader. */
@NullMarked
package io.sluice.importer.xlsx;

import org.jspecify.annotations.NullMarked;
