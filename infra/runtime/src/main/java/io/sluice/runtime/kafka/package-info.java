/** Kafka for the runtime: client settings, topic names, the creation of topics, and the producer. */
@NullMarked
package io.sluice.runtime.kafka;

import org.jspecify.annotations.NullMarked;
