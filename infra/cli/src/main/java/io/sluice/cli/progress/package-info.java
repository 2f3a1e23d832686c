/** What verbs that run for long have in common: a line that says how far they are, and patience with the gateway. */
@NullMarked
package io.sluice.cli.progress;

import org.jspecify.annotations.NullMarked;
