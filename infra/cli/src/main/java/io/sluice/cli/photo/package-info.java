/** The {@code photos} verb: lists a gallery. */
@NullMarked
package io.sluice.cli.photo;

import org.jspecify.annotations.NullMarked;
