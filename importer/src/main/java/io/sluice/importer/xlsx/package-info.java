/** Workbooks of Excel since 2007 (.xlsx), read as a stream and with limits on everything. */
@NullMarked
package io.sluice.importer.xlsx;

import org.jspecify.annotations.NullMarked;
