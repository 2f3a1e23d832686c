/** The jobs that a newer version of their entity left nothing to do. */
@NullMarked
package io.sluice.jobs.superseding;

import org.jspecify.annotations.NullMarked;
