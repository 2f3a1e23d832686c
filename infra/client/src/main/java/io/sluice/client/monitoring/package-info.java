/** What every service answers besides its work: whether it is ready, and its metrics. */
@NullMarked
package io.sluice.client.monitoring;

import org.jspecify.annotations.NullMarked;
