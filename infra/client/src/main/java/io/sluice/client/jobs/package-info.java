/** The calls for jobs. */
@NullMarked
package io.sluice.client.jobs;

import org.jspecify.annotations.NullMarked;
