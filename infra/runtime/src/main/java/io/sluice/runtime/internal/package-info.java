/** The engine that runs pipelines. Only the runtime may use it. */
@NullMarked
package io.sluice.runtime.internal;

import org.jspecify.annotations.NullMarked;
