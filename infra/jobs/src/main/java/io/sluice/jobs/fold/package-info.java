/** Folds the events of a job into its state. */
@NullMarked
package io.sluice.jobs.fold;

import org.jspecify.annotations.NullMarked;
