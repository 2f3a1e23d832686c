/** The fold of job events: what the events of one job add up to. */
@NullMarked
package io.sluice.jobs.fold;

import org.jspecify.annotations.NullMarked;
