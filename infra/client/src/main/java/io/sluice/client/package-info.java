/** Calls of a running Sluice, as the command line, the demo, the benchmarks and the tests make them. */
@NullMarked
package io.sluice.client;

import org.jspecify.annotations.NullMarked;
