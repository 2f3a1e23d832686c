/**
 * For tests only: the shared servers, pipelines to run on them or without Kafka, samples, and checks of the guarantees.
 */
@NullMarked
package io.sluice.testkit;

import org.jspecify.annotations.NullMarked;
