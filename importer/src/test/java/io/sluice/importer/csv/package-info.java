/** Tests of the importer's csv reader. */
@NullMarked
package io.sluice.importer.csv;

import org.jspecify.annotations.NullMarked;
