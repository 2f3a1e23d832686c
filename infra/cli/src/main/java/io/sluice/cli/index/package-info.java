/** The {@code index} verb: saves one product, or all products of a file or a folder. */
@NullMarked
package io.sluice.cli.index;

import org.jspecify.annotations.NullMarked;
