/** Jobs over HTTP: the calls that show a job and its events, and the wait for a job's end. */
@NullMarked
package io.sluice.gateway.job;

import org.jspecify.annotations.NullMarked;
