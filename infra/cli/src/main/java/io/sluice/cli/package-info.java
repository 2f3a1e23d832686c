/** The verbs of {@code ./sluice}: those that start things here, those that talk to a running Sluice in sub-packages. */
@NullMarked
package io.sluice.cli;

import org.jspecify.annotations.NullMarked;
