/** Steps of jobs, and the state they add up to. */
@NullMarked
package io.sluice.schemas.job;

import org.jspecify.annotations.NullMarked;
