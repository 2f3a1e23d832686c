/**
 * Folds the events of a job into its state. Here are the rules only: {@code JobFoldProcessor} applies them for jobs.v1,
 * and {@code JobBoard} in memory.
 */
@NullMarked
package io.sluice.jobs.fold;

import org.jspecify.annotations.NullMarked;
