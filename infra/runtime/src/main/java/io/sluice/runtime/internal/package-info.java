/** The engine behind the pipelines; nothing outside the runtime may use it. */
@NullMarked
package io.sluice.runtime.internal;

import org.jspecify.annotations.NullMarked;
