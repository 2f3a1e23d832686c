/** The jobs in memory, and who waits for them. */
@NullMarked
package io.sluice.jobs.board;

import org.jspecify.annotations.NullMarked;
