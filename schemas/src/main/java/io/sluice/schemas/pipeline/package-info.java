/** Pipelines as events: what an admin asks of them, and what they say of themselves. */
@NullMarked
package io.sluice.schemas.pipeline;

import org.jspecify.annotations.NullMarked;
