/** Everything in one JVM: the local stack and the services on it. */
@NullMarked
package io.sluice.local;

import org.jspecify.annotations.NullMarked;
