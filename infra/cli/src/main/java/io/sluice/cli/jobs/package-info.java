/** The {@code jobs} verb, and waiting for a job to end. */
@NullMarked
package io.sluice.cli.jobs;

import org.jspecify.annotations.NullMarked;
