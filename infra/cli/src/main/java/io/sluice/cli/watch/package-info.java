/** The {@code watch} verb: uploads the photos of a folder, and those that appear in it. */
@NullMarked
package io.sluice.cli.watch;

import org.jspecify.annotations.NullMarked;
