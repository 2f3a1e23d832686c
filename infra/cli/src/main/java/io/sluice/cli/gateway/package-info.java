/** Calls of the gateway for verbs. A failed call makes the verb fail with one line. */
@NullMarked
package io.sluice.cli.gateway;

import org.jspecify.annotations.NullMarked;
