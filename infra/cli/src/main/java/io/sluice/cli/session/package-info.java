/** The sessions that {@code ./sluice login} keeps, and the token that a verb sends. */
@NullMarked
package io.sluice.cli.session;

import org.jspecify.annotations.NullMarked;
