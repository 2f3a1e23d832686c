/**
 * The engine that runs pipelines. Only the runtime may use it. {@code ConsumerLoop} is one thread of it, and calls the
 * steps in order: {@code Poller} reads, {@code Decider} has a batch handled, {@code RetryDecision} decides about each
 * record, and {@code Finisher} writes, through {@code OutcomeWriter}.
 *
 * <p>A record that is tried again later is a {@code Fate.Delayed}: {@code OutcomeWriter} writes it to a retry topic, and
 * the pipeline's own consumers read it there. {@code DelayGate} holds it back until it is due, and {@code RetryPlan} says
 * which topic comes next. A record from a retry topic has its version in a header, and is out of turn. A redrive writes a
 * dead letter to the first retry topic, without its attempts. {@code Safeguards} are what the threads of a pipeline
 * share: the gates of dependencies and of writes, the fuse, and the budget of quick retries.
 */
@NullMarked
package io.sluice.runtime.engine;

import org.jspecify.annotations.NullMarked;
