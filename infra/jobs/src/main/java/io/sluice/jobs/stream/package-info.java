/** Jobs as server-sent events. */
@NullMarked
package io.sluice.jobs.stream;

import org.jspecify.annotations.NullMarked;
