/** How the runtime reaches Kafka: client settings, topic names, the creation of topics, and the one producer. */
@NullMarked
package io.sluice.runtime.kafka;

import org.jspecify.annotations.NullMarked;
