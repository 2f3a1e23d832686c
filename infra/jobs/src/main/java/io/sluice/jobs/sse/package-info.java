/** Jobs as server-sent events. */
@NullMarked
package io.sluice.jobs.sse;

import org.jspecify.annotations.NullMarked;
