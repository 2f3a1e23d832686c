/** The lines by which a verb that runs long says how far it is. */
@NullMarked
package io.sluice.cli.progress;

import org.jspecify.annotations.NullMarked;
