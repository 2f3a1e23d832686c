/** Counts open letters for metrics, and notes and announces those whose records the topics delete. */
@NullMarked
package io.sluice.gateway.admin.letters.upkeep;

import org.jspecify.annotations.NullMarked;
