/** Tests of the importer's json reader. */
@NullMarked
package io.sluice.importer.json;

import org.jspecify.annotations.NullMarked;
