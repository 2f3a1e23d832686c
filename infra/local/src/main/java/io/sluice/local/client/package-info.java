/** Talks to a running Sluice over HTTP, for the demo, the command line and the tests. */
@NullMarked
package io.sluice.local.client;

import org.jspecify.annotations.NullMarked;
