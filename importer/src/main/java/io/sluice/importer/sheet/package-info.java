/** What the readers of all formats share: sheets whose rows can be read again, and the refusal of a file. */
@NullMarked
package io.sluice.importer.sheet;

import org.jspecify.annotations.NullMarked;
