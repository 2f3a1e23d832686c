/** The jobs in memory, and the callers that wait for them. */
@NullMarked
package io.sluice.jobs.board;

import org.jspecify.annotations.NullMarked;
