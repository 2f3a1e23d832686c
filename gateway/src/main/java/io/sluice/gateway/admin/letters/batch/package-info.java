/** Sends many dead letters back, one batch after another, as a job that can be stopped. */
@NullMarked
package io.sluice.gateway.admin.letters.batch;

import org.jspecify.annotations.NullMarked;
