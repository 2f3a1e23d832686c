/** What the readers of the formats have in common: rows that can be read again, and files that are refused. */
@NullMarked
package io.sluice.importer.sheet;

import org.jspecify.annotations.NullMarked;
