/** How log lines are written. */
@NullMarked
package io.sluice.local.logs;

import org.jspecify.annotations.NullMarked;
