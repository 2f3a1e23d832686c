/** The calls that every service answers: health and metrics. */
@NullMarked
package io.sluice.client.monitoring;

import org.jspecify.annotations.NullMarked;
