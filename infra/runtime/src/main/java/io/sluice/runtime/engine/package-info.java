/**
 * The engine that runs pipelines. Only the runtime may use it. {@code ConsumerLoop} is one thread of it, and calls the
 * steps in order: {@code Poller} reads, {@code Decider} has a batch handled, {@code RetryDecision} decides about each
 * record, and {@code Finisher} writes, through {@code OutcomeWriter}.
 */
@NullMarked
package io.sluice.runtime.engine;

import org.jspecify.annotations.NullMarked;
