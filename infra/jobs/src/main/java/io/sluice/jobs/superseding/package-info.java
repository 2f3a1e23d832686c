/** Ends the jobs whose entity has a newer version. */
@NullMarked
package io.sluice.jobs.superseding;

import org.jspecify.annotations.NullMarked;
