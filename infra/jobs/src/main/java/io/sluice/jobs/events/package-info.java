/** Follows the job events that the tracker has not folded yet. */
@NullMarked
package io.sluice.jobs.events;

import org.jspecify.annotations.NullMarked;
