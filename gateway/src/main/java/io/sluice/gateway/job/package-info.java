/** Jobs over HTTP: the endpoints, the wait for a job's end, and how a job looks to a caller. */
@NullMarked
package io.sluice.gateway.job;

import org.jspecify.annotations.NullMarked;
