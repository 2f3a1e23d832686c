/** For tests only: the local stack on request, a Kafka to look into, samples, and checks of what a pipeline promises. */
@NullMarked
package io.sluice.testkit;

import org.jspecify.annotations.NullMarked;
