/** Health checks: what a service answers about its pipelines and about Kafka. */
@NullMarked
package io.sluice.runtime.health;

import org.jspecify.annotations.NullMarked;
