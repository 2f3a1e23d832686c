/** The engine that runs pipelines. Only the runtime may use it. */
@NullMarked
package io.sluice.runtime.engine;

import org.jspecify.annotations.NullMarked;
