/** Reads rows that were sent as JSON: an array of objects, or one object a line. */
@NullMarked
package io.sluice.importer.json;

import org.jspecify.annotations.NullMarked;
