/** Products from a file or a folder, many at a time, with a memory of how far it came. */
@NullMarked
package io.sluice.cli.index;

import org.jspecify.annotations.NullMarked;
