/** The steps of jobs, and the states that they add up to. */
@NullMarked
package io.sluice.schemas.job;

import org.jspecify.annotations.NullMarked;
