/** The {@code import} and {@code imports} verbs. */
@NullMarked
package io.sluice.cli.imports;

import org.jspecify.annotations.NullMarked;
