/** Kinds of imports: what their rows hold, how their columns are recognised, and which rows are right. */
@NullMarked
package io.sluice.kinds;

import org.jspecify.annotations.NullMarked;
