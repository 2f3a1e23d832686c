/** Reads workbooks of Excel since 2007 (.xlsx) as a stream, with limits on everything. */
@NullMarked
package io.sluice.importer.xlsx;

import org.jspecify.annotations.NullMarked;
