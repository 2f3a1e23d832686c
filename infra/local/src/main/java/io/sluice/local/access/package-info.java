/** The admin of a local stack, whose password is in the data folder. */
@NullMarked
package io.sluice.local.access;

import org.jspecify.annotations.NullMarked;
