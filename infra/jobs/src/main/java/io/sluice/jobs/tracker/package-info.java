/** The Kafka Streams application that folds job-events.v1 into jobs.v1. */
@NullMarked
package io.sluice.jobs.tracker;

import org.jspecify.annotations.NullMarked;
