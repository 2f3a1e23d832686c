/** The jobs on the disk. */
@NullMarked
package io.sluice.jobs.store;

import org.jspecify.annotations.NullMarked;
