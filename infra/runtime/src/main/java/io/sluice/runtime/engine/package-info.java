/**
 * The engine that runs pipelines. Only the runtime may use it. {@code ConsumerLoop} is one thread of it, and calls the
 * steps in order: {@code Poller} reads, {@code Decider} has a batch handled, {@code RetryDecision} decides about each
 * record, and {@code Finisher} writes, through {@code OutcomeWriter}.
 *
 * <p>Some features are not built yet, and have a place. A delayed retry topic begins in {@code RetryDecision}, which would
 * count the attempts of the envelope and give another {@code Fate} beside {@code Buried}; {@code OutcomeWriter} writes it,
 * {@code TopicPlan} creates the topic, and a pipeline reads it as a {@code Source} whose versions are in the header. The
 * record waits there until it is due, and later records of its key must not pass it. A redrive writes a dead letter back
 * with its headers, so its attempts count on. {@code Poller} would ask a crash journal before it hands out a batch.
 */
@NullMarked
package io.sluice.runtime.engine;

import org.jspecify.annotations.NullMarked;
