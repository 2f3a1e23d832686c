/** Verbs that import spreadsheets. */
@NullMarked
package io.sluice.cli.imports;

import org.jspecify.annotations.NullMarked;
