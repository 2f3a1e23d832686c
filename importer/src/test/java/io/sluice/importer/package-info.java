/** Tests of the importer. */
@NullMarked
package io.sluice.importer;

import org.jspecify.annotations.NullMarked;
