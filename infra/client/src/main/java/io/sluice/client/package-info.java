/** The HTTP API of a running Sluice as a Java client: the entry point; each feature has a package of its own. */
@NullMarked
package io.sluice.client;

import org.jspecify.annotations.NullMarked;
