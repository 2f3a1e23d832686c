/** What became of accepted requests: the fold of job events, and every job's state at hand. */
@NullMarked
package io.sluice.gateway.job;

import org.jspecify.annotations.NullMarked;
