/** Tests of how an encoding is found out. */
@NullMarked
package io.sluice.importer.encoding;

import org.jspecify.annotations.NullMarked;
