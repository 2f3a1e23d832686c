/** Runs the local stack and all services in one JVM. */
@NullMarked
package io.sluice.local;

import org.jspecify.annotations.NullMarked;
