/** The verbs that write sample files. */
@NullMarked
package io.sluice.cli.samples;

import org.jspecify.annotations.NullMarked;
