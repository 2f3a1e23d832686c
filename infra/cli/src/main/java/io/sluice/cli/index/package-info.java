/** The verb that saves products: one, or those of a file or a folder, with a journal of how far it came. */
@NullMarked
package io.sluice.cli.index;

import org.jspecify.annotations.NullMarked;
