/** The {@code topics} verb: lists, reads and writes topics directly in Kafka. */
@NullMarked
package io.sluice.cli.topics;

import org.jspecify.annotations.NullMarked;
