/** The main class of {@code ./sluice} and the list of its verbs. The verbs are in sub-packages, by subject. */
@NullMarked
package io.sluice.cli;

import org.jspecify.annotations.NullMarked;
