/** The {@code models} verb: lists, downloads, checks and generates models. */
@NullMarked
package io.sluice.cli.models;

import org.jspecify.annotations.NullMarked;
