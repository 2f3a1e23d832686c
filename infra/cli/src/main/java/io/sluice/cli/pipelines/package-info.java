/** The {@code pipelines} verb. */
@NullMarked
package io.sluice.cli.pipelines;

import org.jspecify.annotations.NullMarked;
